"""A life made by hand: what is worth a word in it, before it is put in words, and then in words."""

import pandas
import pytest

from sim.lab.language.language import speaking
from sim.lab.reports.story import Happening, in_words, life_of, story_facts, sum_grid
from sim.lab.results.trace import Trace

STILL = {
    "side": "scenario",
    "employed": True,
    "leader": False,
    "manager": False,
    "rank": 2,
    "organisation": "fengxi",
    "department": 3,
    "age_quarters": 121,
    "service_quarters": 20,
    "ability": 0.5,
    "effort": 0.0,
    "morale": 0.0,
    "project_choice": -1,
    "project": float("nan"),
    "quarters_scored": 0,
    "grade": -1,
    "rank_share": 0.0,
    "pay": 0.25,
    "normal_pay": 1.0,
    "post": 7,
    "contribution": 0.5,
    "score": 0.4,
    "reservoir_since": -1,
}
MANIFEST = {
    "person": 70000,
    "scenario_name": "reform",
    "baseline": "civil_service",
    "year": 4,
    "why": "",
    "assumptions": [{"source": "assumption"}, {"source": "law"}],
}


def trace(changes: dict[int, dict], events: list[tuple[str, int, str]] = [], last: int = 4) -> Trace:  # noqa: B006
    """The same quiet life under both regimes, but for what changes under the reform; events as side, quarter, name."""
    rows = [STILL | {"quarter": quarter} | changes.get(quarter, {}) for quarter in range(last + 1)]
    rows += [STILL | {"side": "baseline", "quarter": quarter} for quarter in range(last + 1)]
    happened = pandas.DataFrame(events, columns=["side", "quarter", "event"]).assign(
        trigger="last_in_department"
    )
    return Trace(pandas.DataFrame(rows), happened, MANIFEST)


def kinds(found: Trace) -> dict[int, list[str]]:
    return {quarter: [one.kind for one in told] for quarter, told in life_of(found, "scenario").items()}


def test_nothing_is_told_of_a_quiet_life():
    assert life_of(trace({}), "scenario") == {}


def test_effort_and_morale_are_told_when_they_have_moved_since_they_were_last_told():
    slowly = {quarter: {"effort": 0.06 * quarter, "morale": -0.04 * quarter} for quarter in range(5)}
    assert kinds(trace(slowly)) == {2: ["effort_rises"], 3: ["morale_falls"], 4: ["effort_rises"]}


def test_a_rank_is_told_where_no_promotion_explains_it():
    risen = {quarter: {"rank": 3} for quarter in (2, 3, 4)}
    assert life_of(trace(risen), "scenario") == {2: [Happening("takes_rank", rank=3)]}
    assert kinds(trace(risen, [("scenario", 2, "promoted")])) == {2: ["promoted"]}


def test_events_that_only_an_observer_knows_are_not_told():
    found = trace({}, [("scenario", 1, "flagged"), ("scenario", 1, "a_secret"), ("baseline", 2, "flagged")])
    assert life_of(found, "scenario") == {1: [Happening("flagged", 2, "3", "last_in_department")]}


def test_a_year_tells_its_grade_and_pay_that_was_not_the_normal_one():
    graded = {4: {"quarters_scored": 4, "grade": 3, "rank_share": 0.9}}
    assert life_of(trace(graded), "scenario")[4] == [Happening("graded", value="excellent", other="90 %")]
    richer = {quarter: {"pay": 0.28} for quarter in (1, 2, 3, 4)}
    assert life_of(trace(richer), "scenario") == {4: [Happening("earned", value="1.12", other="1.00")]}


@pytest.mark.parametrize(("choice", "kind"), [(1, "tries"), (0, "declines")])
def test_a_risky_project_is_told(choice, kind):
    assert kinds(trace({1: {"project_choice": choice, "project": 0.7}})) == {1: [kind]}


def test_the_facts_say_who_it_is():
    facts = story_facts(trace({0: {"leader": True, "manager": True}}, [("scenario", 1, "flagged")]))
    assert (facts["person"], facts["role"], facts["rank"], facts["department"]) == ("70000", "leader", 2, "3")
    assert (facts["age"], facts["service"], facts["ability"]) == ("30.2", "5.00", "+0.500")
    assert (facts["absent"], facts["assumed"], facts["changes"]) == ([], 1, "")
    assert facts["quarters"].rows == [["1", "**is flagged: last in department**", "nothing to tell"]]


def test_sums_count_the_flags_and_say_how_it_ends():
    events = [("scenario", 1, "flagged"), ("scenario", 3, "flagged"), ("baseline", 4, "resigned")]
    sums = {name: cells for name, *cells in sum_grid(trace({}, events)).rows}
    assert sums["flags"] == ["2", "0"]
    assert sums["quarters employed"] == ["4", "4"]
    assert sums["how it ends"] == ["still employed", "resigns, 4"]


@pytest.mark.parametrize(
    ("happening", "english", "chinese"),
    [
        (Happening("promoted", rank=4), "is promoted to rank 4", "4"),
        (Happening("effort_rises", value="+0.20"), "works harder (effort +0.20 SD)", "+0.20"),
        (Happening("merged", department="9"), "sees the department merged into department 9", "9"),
    ],
)
def test_a_happening_is_a_line_of_its_template(happening, english, chinese):
    assert in_words([happening]) == english
    with speaking("zh"):
        said = in_words([happening, happening])
    assert said.count(chinese) == 2
    assert not any(word in said for word in english.split() if word.isalpha() and len(word) > 2)
