"""Timelines: what is in force when, and what a timeline may not say."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sim.core.errors import UserError
from sim.scenario.loader import load

Errors = Callable[..., list[str]]


def test_an_entry_takes_effect_after_its_quarter_closes() -> None:
    scenario = load({"timeline": [{"quarter": 8, "set": {"regime.posts.kind": "fixed"}}]})
    kinds = [scenario.at(quarter).regime.posts.kind for quarter in (0, 1, 8, 9, 40)]
    assert kinds == ["open", "open", "open", "fixed", "fixed"]
    assert scenario.changes == (8,)


def test_an_entry_at_the_founding_is_in_force_from_quarter_one() -> None:
    scenario = load({"timeline": [{"quarter": 0, "set": {"regime.posts.kind": "fixed"}}]})
    assert [scenario.at(quarter).regime.posts.kind for quarter in (0, 1)] == ["open", "fixed"]


def test_what_is_not_changed_stays() -> None:
    scenario = load(
        {
            "structure": {"manager_share": 0.1},
            "behaviour": {"effort": {"response": 0.5}},
            "timeline": [{"quarter": 8, "set": {"regime.posts.kind": "fixed"}}],
        }
    )
    phase = scenario.at(9)
    assert (phase.structure.manager_share, phase.behaviour.effort.response) == (0.1, 0.5)


def test_an_entry_lies_on_that_of_the_extended_file_for_the_same_quarter(tmp_path: Path) -> None:
    entry = "timeline: [{{quarter: 8, set: {{regime.posts.kind: {}{}}}}}]\n"
    (tmp_path / "below.yaml").write_text(entry.format("fixed", ", behaviour.effort.response: 0.5"), "utf-8")
    (tmp_path / "above.yaml").write_text("extends: below.yaml\n" + entry.format("dynamic", ""), "utf-8")
    scenario = load(tmp_path / "above.yaml")
    phase = scenario.at(9)
    assert (phase.regime.posts.kind, phase.behaviour.effort.response) == ("dynamic", 0.5)
    assert scenario.changes == (8,)


def test_two_entries_for_one_quarter_are_refused_in_python_too() -> None:
    entry = {"quarter": 8, "set": {"regime.posts.kind": "fixed"}}
    with pytest.raises(UserError, match="quarter 8 has an entry already; write both under one `set`"):
        load({"timeline": [entry, entry]})


def test_an_entry_may_set_nothing_yet() -> None:
    assert load({"timeline": [{"quarter": 8, "set": None}]}).changes == (8,)


CASES = {
    "not a list": ("timeline: 8\n", "x.yaml:1:11: timeline = 8 is not a list of {quarter, set}"),
    "not an entry": (
        "timeline: [8]\n",
        "x.yaml:1:12: timeline: 8 is not an entry {quarter: 8, set: {...}}",
    ),
    "no quarter": (
        "timeline:\n  - set: {}\n",
        "x.yaml:2:5: timeline: an entry lacks `quarter`; write {quarter: 8, set: {...}}",
    ),
    "no set": (
        "timeline:\n  - quarter: 8\n",
        "x.yaml:2:5: timeline: an entry lacks `set`; write {quarter: 8, set: {...}}",
    ),
    "set is a word": (
        "timeline: [{quarter: 8, set: fixed}]\n",
        'x.yaml:1:30: timeline.set = "fixed" is not settings (key: value)',
    ),
    "no whole quarter": (
        "timeline: [{quarter: 2.5, set: {}}]\n",
        "x.yaml:1:22: timeline.quarter = 2.5 is not a whole number (quarters)",
    ),
    "one quarter twice": (
        "timeline:\n  - {quarter: 8, set: {}}\n  - {quarter: 9, set: {}}\n  - {quarter: 8, set: {}}\n",
        "x.yaml:4:15: timeline: quarter 8 has an entry already (line 2); write both under one `set`",
    ),
    "quarter is a switch": (
        "timeline: [{quarter: true, set: {}}]\n",
        "x.yaml:1:22: timeline.quarter = true is not a whole number (quarters)",
    ),
    "after the horizon": (
        "horizon: {quarters: 8}\ntimeline: [{quarter: 8, set: {}}]\n",
        "x.yaml:2:22: timeline.quarter = 8 is outside the horizon (0 to 7, one less than horizon.quarters)",
    ),
    "before the founding": (
        "timeline: [{quarter: -1, set: {}}]\n",
        "x.yaml:1:22: timeline.quarter = -1 is outside the horizon (0 to 39, one less than horizon.quarters)",
    ),
    "the world": (
        "timeline: [{quarter: 8, set: {world: {difficulty_sd: 1}}}]\n",
        "x.yaml:1:31: timeline.set.world: a timeline changes structure, regime or behaviour only",
    ),
    "what only the founding needs": (
        "timeline: [{quarter: 8, set: {structure.manager_share: 0.1}}]\n",
        (
            "x.yaml:1:22: timeline.set.structure.manager_share: it only says what is founded;"
            " a timeline cannot change it"
        ),
    ),
    "departments out of nothing": (
        "timeline: [{quarter: 8, set: {structure.area_level.departments: 21}}]\n",
        (
            "x.yaml:1:22: timeline.set.structure: area_level would get 5 administrative departments after quarter 8"
            " where it has 4; a reorganisation merges departments and founds none"
        ),
    ),
    "unknown key": (
        "timeline: [{quarter: 8, set: {}, sett: {}}]\n",
        "x.yaml:1:34: timeline.sett is unknown; did you mean set?",
    ),
    "twice, dotted and nested": (
        "timeline: [{quarter: 8, set: {regime.posts.kind: fixed, regime: {posts: {kind: open}}}}]\n",
        "x.yaml:1:74: kind is given twice",
    ),
    "a value and settings": (
        "timeline: [{quarter: 8, set: {regime.posts: fixed, regime.posts.kind: open}}]\n",
        "x.yaml:1:52: regime.posts.kind is given twice, once as a value and once as settings",
    ),
    "wrong kind in a later phase": (
        "timeline: [{quarter: 8, set: {regime.posts.kind: fixd}}]\n",
        (
            'x.yaml:1:50: regime.posts.kind = "fixd" is unknown; kinds are dynamic, fixed, open, ranked_postings;'
            " did you mean fixed?"
        ),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_wrong_timeline(case: str, errors: Errors) -> None:
    text, message = CASES[case]
    assert message in errors(text)
