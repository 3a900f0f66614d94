"""One life under two regimes: the same luck, the same numbers as the run, and told only where something happens."""

import pandas
import pytest

import sim
from sim.core.errors import UserError
from tests.lab.results.beside import without_text

pytestmark = pytest.mark.usefixtures("undrawn_throughout")

RUN = {"seed": 4, "replication": 1}
STRICT = {"regime.appraisal.incompetent_share": 0.1}


@pytest.fixture(scope="module")
def new(small):
    """Strict enough for somebody to be flagged."""
    return small("four_systems", **STRICT)


@pytest.fixture(scope="module")
def run(new):
    return sim.run(new.with_(record=["events", "staff"]), replications=2, seed=4)


@pytest.fixture(scope="module")
def traced(new):
    return sim.trace(new, **RUN)


def test_it_is_the_life_that_the_run_holds(traced, run):
    """Bit for bit, in the replication asked for."""
    panel = run.staff_panel
    mine = panel[(panel.replication == 1) & (panel.person == traced.person)].reset_index(drop=True)
    here = traced.panel[traced.panel.side == "scenario"].drop(columns="side").reset_index(drop=True)
    pandas.testing.assert_frame_equal(here[mine.columns], mine, check_exact=True, check_categorical=False)
    events = run.events[(run.events.replication == 1) & (run.events.person == traced.person)]
    lived = traced.events[traced.events.side == "scenario"]
    assert (
        lived[["quarter", "event"]].astype(str).values.tolist()
        == events[["quarter", "event"]].astype(str).values.tolist()
    )


def test_until_the_reform_the_lives_are_one(traced):
    one, other = (traced.quarters(side) for side in ("scenario", "baseline"))
    before = one.index <= 8
    assert before.sum() == 9
    pandas.testing.assert_frame_equal(
        one[before].drop(columns="side"), other[other.index <= 8].drop(columns="side")
    )
    assert not one.drop(columns="side").equals(other.drop(columns="side"))


def test_the_telling_one_is_the_flagged_whose_pay_differs_most(traced, run):
    flagged = run.events[(run.events.event == "flagged") & (run.events.replication == 1)].person
    assert traced.person in set(flagged)
    assert "among those who are flagged" in traced.report()


def test_the_baseline_is_the_regime_of_the_founding(traced, small):
    """With the same regime at the founding, that is what the civil service does."""
    other = sim.trace(small("four_systems", **STRICT), traced.person, against=small("civil_service"), **RUN)
    assert traced.names == {"scenario": "four_systems", "baseline": "unreformed_four_systems"}
    assert other.names["baseline"] == "civil_service"
    for column in ("pay", "effort", "rank", "score", "morale"):
        assert (traced.panel[column] == other.panel[column]).all()


def test_the_story_tells_what_happened(traced):
    told = traced.report()
    assert "**is flagged: " in told
    assert "2022Q1 (9)" in told
    assert "is put on a contract" in told
    assert told.count("| is graded") >= 1
    assert "an illustration, not evidence" in told
    assert len(traced.figure().axes) == 4


def test_what_only_an_observer_knows_is_not_told(traced):
    assert "missed" not in traced.report()


def test_a_newcomer_of_one_regime_only(new, run):
    hired = run.events[
        (run.events.event == "hired") & (run.events.replication == 1) & (run.events.quarter > 9)
    ]
    for person in hired.person:
        found = sim.trace(new, int(person), **RUN)
        if not len(found.quarters("baseline")):
            break
    told = found.report()
    assert "Under unreformed four systems no person with this number is ever employed." in told
    assert "never employed" in told
    assert "joins" in told
    assert found.figure() is not None


def test_it_is_stored_and_found_again(tmp_path, new, traced):
    first = sim.trace(new, out=tmp_path, **RUN)
    again, opened = sim.trace(new, out=tmp_path, **RUN), sim.open(first.folder)
    assert again.reused
    assert first.report() == again.report() == opened.report() == traced.report()
    assert {"report.md", "report.html", "panel.csv", "figures", "manifest.json"} <= {
        path.name for path in first.folder.iterdir()
    }
    assert without_text(first.folder) == set()


def test_nobody_of_that_number(new):
    with pytest.raises(UserError, match=r"person 77 is never employed .* the nearest are 0, "):
        sim.trace(new, 77, **RUN)


def test_a_place_that_never_changes_needs_another(old):
    with pytest.raises(UserError, match="civil_service has no timeline"):
        sim.trace(old, 0)


@pytest.mark.parametrize(
    ("asked", "message"), [({"person": -1}, "person = -1"), ({"replication": 0.5}, "replication = 0.5")]
)
def test_numbers_are_whole(new, asked, message):
    with pytest.raises(UserError, match=message):
        sim.trace(new, **asked)


@pytest.mark.parametrize("event", ["promoted", "entered_reservoir", "resigned"])
def test_somebody_is_picked_to_whom_it_happens(event, new, run):
    found = sim.trace(new, pick=event, **RUN)
    lived = found.events[found.events.side == "scenario"]
    assert ((lived.event == event) & (lived.quarter > 8)).any()
    assert found.manifest["why"].startswith("It is the one, among those who")


def test_the_usual_pick_is_the_flagged(new, traced):
    assert sim.trace(new, pick="flagged", **RUN).person == traced.person


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"pick": "xdemoted"}, "pick = 'xdemoted': nobody can be picked by it; did you mean demoted?"),
        ({"pick": "demoted", "person": 0}, "person and pick exclude each other"),
        (
            {"pick": "caught"},
            r"it happens to nobody in this replication of four_systems; what happens is flagged \(",
        ),
    ],
)
def test_a_pick_that_finds_nobody_says_what_there_is(asked, message, new):
    one = new.with_(**{"behaviour.gaming.manipulability": 0.0})
    with pytest.raises(UserError, match=message):
        sim.trace(one, **asked, **RUN)
