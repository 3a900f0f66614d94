"""Sweeps: every point checked first, all under the same luck."""

from pathlib import Path

import numpy as np
import pandas
import pytest

from sim.core.errors import UserError
from sim.lab.questions.run import run
from sim.lab.questions.sweep import sweep
from sim.lab.results.files import read_manifest, write_frames, write_manifest
from sim.lab.results.store import open_results
from sim.lab.results.study import Study
from sim.lab.results.sweep import Sweep
from sim.scenario.schema import Scenario
from tests.lab.results.beside import without_text

pytestmark = pytest.mark.usefixtures("undrawn_throughout")

SHARE, ENFORCEMENT = "regime.floating_pay.floating_share", "regime.adjustment.enforcement"


@pytest.fixture(scope="module")
def made(new: Scenario, tmp_path_factory: pytest.TempPathFactory) -> Sweep:
    vary = {SHARE: [0.4, 0.1], ENFORCEMENT: [1.0, 0.5]}
    return sweep(new, vary, replications=3, out=tmp_path_factory.mktemp("results"))


def at(made: Sweep, point: int) -> pandas.DataFrame:
    return made.points[made.points["point"] == point].set_index("outcome")


def test_points_are_every_combination_in_order(made: Sweep) -> None:
    points = made.points.drop_duplicates("point")
    assert points[SHARE].tolist() == [0.4, 0.4, 0.1, 0.1]
    assert points[ENFORCEMENT].tolist() == [1.0, 0.5, 1.0, 0.5]


def test_the_first_point_differs_from_itself_by_nothing(made: Sweep) -> None:
    first = at(made, 0)[["difference", "difference_low", "difference_high"]].dropna()
    assert len(first) > 20
    assert (first == 0).all().all()


def test_a_point_is_the_run_with_these_settings(made: Sweep, new: Scenario) -> None:
    alone = run(new.with_(**{SHARE: 0.1}), replications=3).area.query("9 <= quarter <= 16")
    assert at(made, 2).loc["effort", "mean"] == pytest.approx(
        alone.groupby("replication")["effort"].mean().mean()
    )
    difference = at(made, 2).loc["effort", "mean"] - at(made, 0).loc["effort", "mean"]
    assert at(made, 2).loc["effort", "difference"] == pytest.approx(difference)
    assert difference < 0


def test_it_is_stored_and_opened(made: Sweep) -> None:
    assert made.folder is not None
    opened = open_results(made.folder)
    assert isinstance(opened, Sweep)
    pandas.testing.assert_frame_equal(opened.points, made.points, check_exact=True)
    assert opened.vary == made.vary
    assert without_text(made.folder) == set()
    assert "Differences to the first point" in (made.folder / "report.html").read_text(encoding="utf-8")


def test_the_same_sweep_is_not_run_again(made: Sweep, new: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    assert made.folder is not None
    monkeypatch.setattr("sim.lab.questions.sweep.simulated_study", lambda *_: pytest.fail("it was run again"))
    assert sweep(new, made.vary, replications=3, out=made.folder.parent).reused


def test_its_text_is_a_table_of_points(made: Sweep) -> None:
    lines = str(made).splitlines()
    assert lines[0] == "four_systems over 4 points"
    assert len([line for line in lines if line.startswith(("  0.4", "  0.1"))]) == 4


def test_every_wrong_point_is_told_before_anything_runs(
    new: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.lab.questions.sweep.simulated_study", lambda *_: pytest.fail("it ran"))
    with pytest.raises(UserError) as error:
        sweep(new, {SHARE: [0.2, 7, 8], ENFORCEMENT: [0.5]})
    said = str(error.value).splitlines()
    assert len(said) == 2
    assert said[0].startswith(f"vary {SHARE}: {SHARE} = 7 is above")
    assert said[1].startswith(f"vary {SHARE}: {SHARE} = 8 is above")


def test_a_value_is_varied_once(new: Scenario) -> None:
    with pytest.raises(UserError, match=r"floating_share = 0.2, 0.4, 0.2: 0.2 is there twice"):
        sweep(new, {SHARE: [0.2, 0.4, 0.2]})


@pytest.mark.parametrize("vary", [{}, {SHARE: []}, {SHARE: "0.2"}, {SHARE: 0.2}])
def test_a_sweep_needs_lists_of_values(vary: dict[str, object], new: Scenario, tmp_path: Path) -> None:
    with pytest.raises(
        UserError, match=r"must be a list of at least one value|needs at least one key to vary"
    ):
        sweep(new, vary, out=tmp_path)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_a_sweep_is_a_study_of_the_grid(made: Sweep) -> None:
    assert isinstance(made, Study)
    assert made.settings[[SHARE, ENFORCEMENT]].to_numpy().tolist() == [
        [0.4, 1],
        [0.4, 0.5],
        [0.1, 1],
        [0.1, 0.5],
    ]
    effects = made.effects.set_index(["point", "outcome"])["difference"]
    assert effects[2, "effort"] == at(made, 2).loc["effort", "mean"]
    assert made.failures.empty


def test_a_sweep_of_version_0_1_opens_and_is_told(made: Sweep, tmp_path: Path) -> None:
    """That version named no scenario in the runs and none of a study's facts in the manifest."""
    assert made.folder is not None
    old = {"runs": made.runs.drop(columns="scenario"), "points": made.points}
    sums = write_frames(tmp_path, old)
    of_a_study = ("scenarios", "baseline", "design", "failures", "resolved", "headlines", "sesoi", "share")
    manifest = {key: value for key, value in read_manifest(made.folder).items() if key not in of_a_study}
    write_manifest(tmp_path, {**manifest, "question": "Of the scenario?", "tables": sums})
    opened = open_results(tmp_path)
    assert isinstance(opened, Sweep)
    pandas.testing.assert_frame_equal(opened.levers, made.levers, check_exact=True)
    assert opened.report() == made.report()


def test_progress_counts_the_quarters_of_all_points(new: Scenario) -> None:
    told = list[tuple[int, int]]()
    sweep(new, {SHARE: [0.4, 0.1]}, replications=1, progress=lambda done, total: told.append((done, total)))
    total = 2 * new.horizon.quarters
    assert told == [(done, total) for done in range(1, total + 1)]


def test_what_any_point_warns_of_is_told(new: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    def warnings_of(scenario: Scenario) -> list[str]:
        return ["of all", f"of {scenario.phases[-1].regime.floating_pay.floating_share}"]

    monkeypatch.setattr("sim.lab.questions.sweep.warnings_of", warnings_of)
    assert sweep(new, {SHARE: [0.4, 0.1]}, replications=1).warnings[-3:] == ("of all", "of 0.4", "of 0.1")


def test_points_have_the_same_replications(new: Scenario) -> None:
    with pytest.raises(UserError, match=r"vary replications: .* --replications"):
        sweep(new, {"replications": [1, 2]})


def test_numbers_of_numpy_are_varied_as_plain_ones(new: Scenario) -> None:
    made = sweep(new, {"seed": list(np.arange(1, 3))}, replications=1, outcomes=["effort"])
    assert made.vary == {"seed": [1, 2]}
    alone = run(new, replications=1, seed=2).area.query("9 <= quarter <= 16")["effort"].mean()
    assert at(made, 1).loc["effort", "mean"] == pytest.approx(alone)
