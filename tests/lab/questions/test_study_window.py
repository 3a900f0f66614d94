"""The window: which quarters are told, why these, and no headline where the regimes do not differ in them."""

from pathlib import Path

import pandas
import pytest

import sim
from sim.core.errors import UserError
from sim.lab.questions import run as runs
from sim.lab.reports.answer import answer
from sim.scenario.loader import load
from sim.scenario.schema import Scenario
from tests.lab.conftest import SCENARIOS, SMALL

pytestmark = pytest.mark.usefixtures("undrawn_throughout")

FIXED = {"regime": {"floating_pay": {"kind": "fixed"}}}
FLOATING = {"regime": {"floating_pay": {"kind": "three_part", "floating_share": 0.3}}}


@pytest.fixture(scope="module")
def trial() -> Scenario:
    """Floating pay for two quarters, 3 and 4, and then as before."""
    given = {
        "name": "trial",
        "extends": str(SCENARIOS / "civil_service.yaml"),
        "timeline": [{"quarter": 2, "set": FLOATING}, {"quarter": 4, "set": FIXED}],
    }
    return load(given, set=SMALL)


@pytest.fixture(scope="module")
def ended(old: Scenario, trial: Scenario) -> sim.Comparison:
    return sim.compare([old, trial], replications=3)


def test_a_trial_that_ended_before_the_window_has_no_headline(ended: sim.Comparison) -> None:
    text = ended.report()
    first = next(part for part in text.split("\n\n")[1:] if not part.startswith(">"))
    assert first.startswith(
        "**No headline**: over quarters 9–16 (2022Q1–2023Q4) the rules of `trial` and `civil_service` are the same; "
        "they differ in quarters 3–4 only. What differs in the window was left behind"
    )
    assert "`--window 3:4`" in first
    assert "raises" not in first
    assert "lowers" not in first
    assert any("they differ in quarters 3–4 only" in one for one in ended.warnings)
    assert "No headline: over quarters 9–16" in ended.summary()


def test_the_window_asked_for_shows_the_trial(old: Scenario, trial: Scenario) -> None:
    found = sim.compare([old, trial], replications=3, window=(3, 4))
    assert "No headline" not in found.report()
    assert "Means are taken over quarters 3–4 (2020Q3–2020Q4): as asked for." in found.report()
    assert not any("mix regimes" in one for one in found.warnings)
    assert set(found.effects["window"]) == {"3-4"}


def test_the_report_says_which_quarters_and_why(ended: sim.Comparison) -> None:
    told = "Means are taken over quarters 9–16 (2022Q1–2023Q4): the last eight quarters, the default."
    assert told in ended.report()


def test_a_window_in_which_they_differ_for_a_while_says_so(old: Scenario, trial: Scenario) -> None:
    found = sim.compare([old, trial], replications=2, window=(1, 6))
    assert "`trial` differs from the baseline in quarters 3–4 only." in found.report()
    assert any("mix regimes" in one for one in found.warnings)


def test_a_window_before_the_reform_has_no_headline(old: Scenario, new: Scenario) -> None:
    found = sim.compare([old, new], replications=2, window=(1, 8))
    [told] = answer(found.digest, "four_systems")
    assert "they differ in quarters 9–16 only. They have not begun to differ in the window." in told


def test_a_decomposition_of_an_ended_trial_has_no_headline(old: Scenario, trial: Scenario) -> None:
    found = sim.decompose(old, trial, replications=1, outcomes=["output_per_post"])
    assert "**No headline**" in found.report()
    assert "It is made of" not in found.report()
    other = sim.decompose(old, trial, replications=1, window=(3, 4)).report()
    assert "It is made of" in other
    assert "Means are taken over quarters 3–4 (2020Q3–2020Q4): as asked for." in other


def test_a_run_is_told_over_its_window_from_the_same_tables(
    new: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = sim.run(new, replications=2, out=tmp_path)
    monkeypatch.setattr(runs, "run_all", lambda *_: pytest.fail("simulated again"))
    other = sim.run(new, replications=2, out=tmp_path, window=(1, 8))
    assert other.folder != first.folder
    assert sim.run(new, replications=2, out=tmp_path, window=(1, 8)).folder == other.folder
    assert other.manifest["window"] == [1, 8]
    assert "over quarters 1–8" in other.report()
    assert "over quarters 9–16" in first.report()
    assert "over quarters 1–8" in sim.open(other.folder).summary()
    pandas.testing.assert_frame_equal(first.area, other.area)


def test_another_window_of_a_comparison_simulates_nothing_again(
    old: Scenario, new: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = sim.compare([old, new], replications=2, out=tmp_path)
    simulated: list[Scenario] = []
    monkeypatch.setattr(
        "sim.lab.questions.compare.run_all", lambda chosen, *_: simulated.extend(chosen) or []
    )
    other = sim.compare([old, new], replications=2, out=tmp_path, window=(9, 12))
    assert simulated == []
    assert other.folder != first.folder
    assert other.manifest["window"] == [9, 12]
    assert sim.compare([old, new], replications=2, out=tmp_path, window=(9, 12)).reused
    assert "window" not in next(iter(other.tables.values())).manifest


def test_a_damaged_run_is_simulated_again(old: Scenario, new: Scenario, tmp_path: Path) -> None:
    first = sim.compare([old, new], replications=1, out=tmp_path)
    (first.folder / "runs" / "civil_service" / "area.parquet").write_bytes(b"x")
    other = sim.compare([old, new], replications=1, out=tmp_path, window=(9, 12))
    assert len(other.tables["civil_service"].area) == 17


@pytest.mark.parametrize(
    ("window", "message"),
    [
        ((9, 99), "window = 9-99: must be two quarters in order, at most 16 (the horizon)"),
        ((16, 9), "window = 16-9: is reversed; the first quarter comes first, as in 9-16"),
        ((), "window = (): must be the first and the last quarter, such as (33, 40)"),
    ],
)
def test_a_window_that_is_none_is_refused(window: object, message: str, old: Scenario, new: Scenario) -> None:
    for command in (sim.run, lambda one, **rest: sim.compare([old, one], **rest)):
        with pytest.raises(UserError) as error:
            command(new, window=window)
        assert str(error.value) == message


def test_the_same_regime_twice_differs_in_nothing(old: Scenario) -> None:
    found = sim.compare([old, old.with_(name="again")], replications=2)
    first = next(part for part in found.report().split("\n\n")[1:] if not part.startswith(">"))
    assert first.startswith(
        "**Nothing differs**: `again` and `civil_service` have the same place, people and rules in every quarter, so "
        "that there is nothing to compare."
    )


def test_a_setting_that_moves_nothing_is_said_at_once(old: Scenario) -> None:
    other = old.with_(**{"name": "other", "behaviour.quits.peers_in_reservoir": 0.31})
    found = sim.compare([old, other], replications=2)
    assert (
        found.report().split("\n\n")[2].startswith("**Nothing differs** in the results: over quarters 9–16")
    )
