"""Comparisons: paired, warned about what differs, stored whole."""

from pathlib import Path

import numpy as np
import pandas
import pytest

from scripts.reference import write_summary
from sim.core.errors import UserError
from sim.lab.questions.compare import compare
from sim.lab.results.comparison import Comparison
from sim.lab.results.store import open_results
from sim.scenario.schema import Scenario
from tests.lab.conftest import Small
from tests.lab.results.beside import without_text

pytestmark = pytest.mark.usefixtures("undrawn_throughout")

REPLICATIONS = 4


@pytest.fixture(scope="module")
def made(old: Scenario, new: Scenario, tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    return compare([old, new], replications=REPLICATIONS, out=tmp_path_factory.mktemp("results"))


def refused(*given: object, **options: object) -> str:
    with pytest.raises(UserError) as error:
        compare(*given, **options)  # type: ignore[arg-type]
    return str(error.value)


def test_the_first_scenario_is_the_baseline(made: Comparison) -> None:
    assert made.baseline == "civil_service"
    assert set(made.effects["baseline"]) == {"civil_service"}
    assert set(made.effects["scenario"]) == {"four_systems"}
    assert list(made.tables) == ["civil_service", "four_systems"]


def test_effects_are_differences_of_pairs(made: Comparison) -> None:
    means = [
        run.area.query("9 <= quarter <= 16").groupby("replication")["effort"].mean()
        for run in made.tables.values()
    ]
    row = made.effects.set_index("outcome").loc["effort"]
    assert row["difference"] == pytest.approx((means[1] - means[0]).mean())
    assert row["window"] == "9-16"
    assert row["replications"] == REPLICATIONS
    assert row["low"] < row["difference"] < row["high"]


def test_nothing_differs_before_the_reform(made: Comparison) -> None:
    before = made.paths.query("scenario == 'four_systems' and quarter <= 8")["difference"].dropna()
    assert len(before) > 100
    assert (before == 0).all()


def test_another_baseline_mirrors_the_effects(made: Comparison, old: Scenario, new: Scenario) -> None:
    mirrored = compare([old, new], baseline="four_systems", replications=REPLICATIONS)
    one = made.effects.set_index("outcome")["difference"]
    two = mirrored.effects.set_index("outcome")["difference"]
    pandas.testing.assert_series_equal(one, -two, check_names=False)


def test_a_clean_comparison_has_no_warning(made: Comparison) -> None:
    assert made.warnings == ()


def test_it_is_stored_whole_and_can_be_moved(made: Comparison, tmp_path: Path) -> None:
    assert made.folder is not None
    there = {path.relative_to(made.folder).as_posix() for path in made.folder.rglob("*") if path.is_file()}
    assert {"effects.csv", "effects.parquet", "report.md", "report.html", "manifest.json"} <= there
    assert {"figures/comparison.png", "figures/comparison.svg", "runs/four_systems/staff.parquet"} <= there
    assert without_text(made.folder) == set()
    moved = made.folder.rename(tmp_path / "elsewhere")
    opened = open_results(moved)
    moved.rename(made.folder)
    assert isinstance(opened, Comparison)
    for name, frame in made.digest.frames().items():
        pandas.testing.assert_frame_equal(
            frame, opened.digest.frames()[name], check_exact=True, check_dtype=False
        )
    assert opened.report() == made.report()
    assert opened.tables["four_systems"].events.equals(made.tables["four_systems"].events)


def test_csv_holds_the_same_effects(made: Comparison) -> None:
    assert made.folder is not None
    read = pandas.read_csv(made.folder / "effects.csv")
    assert list(read.columns) == list(made.effects.columns)
    assert np.allclose(read["difference"], made.effects["difference"], rtol=1e-9, equal_nan=True)


def test_the_same_comparison_is_not_run_again(
    made: Comparison, old: Scenario, new: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert made.folder is not None
    monkeypatch.setattr("sim.lab.questions.run.simulate_all", lambda *_: pytest.fail("it was run again"))
    assert compare([old, new], replications=REPLICATIONS, out=made.folder.parent).reused


def test_results_do_not_depend_on_the_order_of_scenarios(
    made: Comparison, old: Scenario, new: Scenario
) -> None:
    turned = compare([new, old], baseline="civil_service", replications=REPLICATIONS)
    pandas.testing.assert_frame_equal(turned.effects, made.effects)


def test_summary_for_version_control_is_small(made: Comparison, tmp_path: Path) -> None:
    write_summary(tmp_path / "reference", made)
    there = {path.name for path in (tmp_path / "reference").iterdir()}
    assert {"effects.csv", "report.md", "report.html", "figures"} <= there
    assert not list((tmp_path / "reference").rglob("*.parquet"))


def test_an_unknown_baseline_is_told_with_the_nearest(old: Scenario, new: Scenario) -> None:
    said = refused([old, new], baseline="four_system")
    assert said == "baseline 'four_system' is not among the scenarios; did you mean four_systems?"


def test_two_of_a_name_are_refused(new: Scenario) -> None:
    said = refused([new, new])
    assert said == "two scenarios are named four_systems: give them different names (name: in the file)"


@pytest.mark.parametrize("given", [[], "scenarios/civil_service.yaml"])
def test_one_scenario_is_no_comparison(given: object) -> None:
    assert refused(given) == "a comparison needs at least two scenarios"


def test_every_wrong_scenario_is_told(tmp_path: Path) -> None:
    said = refused([tmp_path / "one.yaml", tmp_path / "two.yaml"])
    assert "one.yaml" in said
    assert "two.yaml" in said


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"replications": 0}, "replications = 0: must be a whole number of at least 1"),
        ({"window": (9, 99)}, "window = 9-99: must be two quarters in order, at most 16 (the horizon)"),
        ({"window": 3}, "window = 3: must be the first and the last quarter, such as (33, 40)"),
        ({"outcomes": ["moral"]}, "outcome 'moral' does not exist; did you mean morale?"),
        ({"outcomes": []}, "outcomes is empty: name at least one, or leave it out for all"),
        ({"interval": "exact"}, "interval = 'exact': must be one of paired_t, bootstrap"),
    ],
)
def test_wrong_options_are_named(options: dict[str, object], said: str, old: Scenario, new: Scenario) -> None:
    assert refused([old, new], **options) == said


def test_different_worlds_and_behaviour_are_a_warning(small: Small, old: Scenario) -> None:
    other = small("four_systems", behaviour__effort__cost=0.5, world__municipality__units=9)
    found = compare([old, other], replications=1, outcomes=["morale"]).warnings
    assert any(
        one.startswith("four_systems and civil_service differ in world: world.municipality.units")
        for one in found
    )
    assert any("behaviour.effort.cost (0.4 in the baseline, 0.5 here)" in one for one in found)
    assert any("a single replication gives no intervals" in one for one in found)


def test_different_horizons_are_a_warning_and_the_shorter_one_counts(small: Small, old: Scenario) -> None:
    found = compare([old, small("four_systems", horizon__quarters=20)], replications=2, outcomes=["morale"])
    assert any(
        "differ in horizon: horizon.quarters (16 in the baseline, 20 here)" in one for one in found.warnings
    )
    assert set(found.effects["window"]) == {"9-16"}


def test_different_seeds_are_a_warning_and_the_baselines_counts(small: Small, old: Scenario) -> None:
    other = small("four_systems", seed=5, replications=7, horizon__quarters=12)
    found = compare(
        [small("civil_service", horizon__quarters=12, replications=2), other], outcomes=["morale"]
    )
    assert any("seeds differ: all run with that of civil_service, 1" in one for one in found.warnings)
    assert any("numbers of replications differ" in one for one in found.warnings)
    assert {run.manifest["seed"] for run in found.tables.values()} == {1}
    assert {run.replications for run in found.tables.values()} == {2}


def test_a_window_that_mixes_regimes_is_a_warning(old: Scenario, new: Scenario) -> None:
    found = compare([old, new], replications=1, window=(5, 12), outcomes=["morale"])
    assert any(
        "begins before the last change of a timeline (after quarter 8)" in one for one in found.warnings
    )


def test_one_replication_has_differences_and_no_intervals(old: Scenario, new: Scenario) -> None:
    found = compare([old, new], replications=1).effects.set_index("outcome").loc["effort"]
    assert np.isfinite(found["difference"])
    assert np.isnan(found["low"])
    assert np.isnan(found["high"])


def test_resampling_a_few_replications_is_a_warning(old: Scenario, new: Scenario) -> None:
    """Of normal differences, intervals from resampling five hold the truth in 83 % of cases and not in 95 %."""
    [told] = compare([old, new], replications=3, interval="bootstrap", outcomes=["effort"]).warnings
    assert "bootstrap intervals from 3 replications are too narrow: below 20" in told
    assert not compare([old, new], replications=3, outcomes=["effort"]).warnings


def test_bootstrap_is_another_interval_of_the_same_difference(
    made: Comparison, old: Scenario, new: Scenario
) -> None:
    other = compare([old, new], replications=REPLICATIONS, interval="bootstrap", outcomes=["effort"])
    one, two = made.effects.set_index("outcome").loc["effort"], other.effects.iloc[0]
    assert two["difference"] == pytest.approx(
        one["difference"], rel=1e-14
    )  # means over other blocks of columns
    assert two["low"] != one["low"]
    assert two["low"] < two["difference"] < two["high"]
