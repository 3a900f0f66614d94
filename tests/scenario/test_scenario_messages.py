"""The words with which wrong scenarios are refused: an interface, so each is held to the letter."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sim.core.errors import UserError
from sim.rules.base import REGISTRY
from sim.scenario.loader import load

Errors = Callable[..., list[str]]

CASES = {
    "above the bound": (
        "regime:\n  floating_pay:\n    kind: three_part\n    floating_share: 1.7\n",
        (
            "x.yaml:4:21: regime.floating_pay.floating_share = 1.7 is above the largest allowed value 0.6"
            " (share of normal pay)"
        ),
    ),
    "below the bound": (
        "replications: 0\n",
        "x.yaml:1:15: replications = 0 is below the smallest allowed value 1 (replications)",
    ),
    "negative replications": (
        "replications: -3\n",
        "x.yaml:1:15: replications = -3 is below the smallest allowed value 1 (replications)",
    ),
    "not above an open bound": (
        "behaviour: {hiring: {selection_ratio: 0}}\n",
        "x.yaml:1:39: behaviour.hiring.selection_ratio = 0 is not above 0.0 (share)",
    ),
    "huge number": (
        "seed: 99999999999999999999\n",
        "x.yaml:1:7: seed = 99999999999999999999 is not below 9223372036854775808 (integer)",
    ),
    "number beyond reading": (
        "seed: " + "9" * 5000 + "\n",
        "x.yaml:1:7: 99999999999999999999... is not a number that can be read",
    ),
    "infinite": (
        "world: {difficulty_sd: 1e999}\n",
        "x.yaml:1:24: world.difficulty_sd = inf is not a finite number (ability SD; 0 to 3)",
    ),
    "not a number": (
        "world: {difficulty_sd: .nan}\n",
        "x.yaml:1:24: world.difficulty_sd = nan is not a finite number (ability SD; 0 to 3)",
    ),
    "text for a number": (
        "regime: {ranks: {kind: ladder, years_in_rank: two}}\n",
        'x.yaml:1:47: regime.ranks.years_in_rank = "two" is not a number (years; 0 to 20)',
    ),
    "quoted number": (
        "seed: '5'\n",
        'x.yaml:1:7: seed = "5" is not a whole number (integer; at least 0 and below 9223372036854775808)',
    ),
    "fraction for a whole number": (
        "horizon: {quarters: 8.5}\n",
        "x.yaml:1:21: horizon.quarters = 8.5 is not a whole number (quarters; 1 to 400)",
    ),
    "switch for a number": (
        "world: {difficulty_sd: true}\n",
        "x.yaml:1:24: world.difficulty_sd = true is not a number (ability SD; 0 to 3)",
    ),
    "word for a switch": (
        "behaviour: {belief: {difficulty_known: no}}\n",
        'x.yaml:1:40: behaviour.belief.difficulty_known = "no" is not true or false (yes or no)',
    ),
    "unknown choice": (
        "regime: {floating_pay: {kind: three_part, pot: zero}}\n",
        'x.yaml:1:48: regime.floating_pay.pot = "zero" is not one of its choices: zero_sum or open',
    ),
    "mapping for a number": (
        "seed: {a: 1}\n",
        "x.yaml:1:7: seed = settings is not a whole number (integer; at least 0 and below 9223372036854775808)",
    ),
    "number for a mapping": ("world: 3\n", "x.yaml:1:8: world = 3 is not settings (key: value)"),
    "nothing for a mapping": ("regime:\n", "x.yaml:1:1: regime = nothing is not settings (key: value)"),
    "too few in a list": (
        "world: {people: {last_grades: [0.25, 0.25, 0.5]}}\n",
        "x.yaml:1:31: world.people.last_grades = [0.25, 0.25, 0.5]: a value is missing",
    ),
    "too many in a list": (
        "world:\n  people: {last_grades: [0.2, 0.2, 0.2, 0.2, 0.2]}\n",
        "x.yaml:2:25: world.people.last_grades = [0.2, 0.2, 0.2, 0.2, 0.2]: the list is too long; at most 4 values",
    ),
    "a share for each rank": (
        "structure: {rank_shares: [0.5, 0.5]}\n",
        "x.yaml:1:26: structure.rank_shares: 2 values for 3 ranks of staff (structure.ranks); one is needed for each",
    ),
    "wrong in a list": (
        "structure:\n  rank_shares: [0.5, 0.5, half]\n",
        'x.yaml:2:27: structure.rank_shares = "half" is not a number (share)',
    ),
    "unknown key": ("sead: 3\n", "x.yaml:1:1: sead is not a setting; did you mean seed?"),
    "unknown key inside": (
        "behaviour:\n  effort:\n    responsee: 0.5\n",
        "x.yaml:3:5: behaviour.effort.responsee is not a setting; did you mean response?",
    ),
    "unknown slot": (
        "regime:\n  floating: {kind: fixed}\n",
        "x.yaml:2:3: regime.floating is not a setting; did you mean floating_pay?",
    ),
    "unknown key of a kind": (
        "regime:\n  floating_pay: {kind: three_part, float_share: 0.2}\n",
        (
            "x.yaml:2:36: regime.floating_pay.float_share is not a setting of kind three_part;"
            " did you mean floating_share?"
        ),
    ),
    "key of another kind": (
        "regime:\n  floating_pay: {floating_share: 0.2}\n",
        (
            "x.yaml:2:18: regime.floating_pay.floating_share is not a setting of kind fixed;"
            " kind three_part has it (set kind as well)"
        ),
    ),
    "merge key": (
        "world: &world {difficulty_sd: 1}\n<<: *world\n",
        (
            "x.yaml:2:1: << is not a setting; there is behaviour, calendar, extends, hold, hold_after, horizon, name,"
            " question, record, regime, replications, seed, staff_every, structure, timeline, world"
        ),
    ),
    "unknown kind": (
        "regime:\n  posts: {kind: fixd}\n",
        (
            'x.yaml:2:17: regime.posts.kind = "fixd" is unknown; kinds are dynamic, fixed, open, ranked_postings;'
            " did you mean fixed?"
        ),
    ),
    "kind that is no word": (
        "regime:\n  posts: {kind: [fixed]}\n",
        (
            'x.yaml:2:17: regime.posts.kind = ["fixed"] is unknown; kinds are dynamic, fixed, open, ranked_postings;'
            " did you mean fixed?"
        ),
    ),
    "slot without settings": (
        "regime:\n  posts: fixed\n",
        'x.yaml:2:10: regime.posts = "fixed" is not a rule; write posts: {kind: fixed}',
    ),
    "trigger without kind": (
        "regime:\n  adjustment: {kind: triggers, triggers: {last: {in_a_row: 2}}}\n",
        (
            "x.yaml:2:43: regime.adjustment.triggers.last: the kind is missing; kinds are "
            + ", ".join(
                sorted(kind for kind, rule in REGISTRY["trigger"].items() if "sim." in rule.__module__)
            )
        ),
    ),
    "bound inside a trigger": (
        (
            "regime:\n  adjustment:\n    kind: triggers\n    triggers:\n      last:\n        kind: last_in_department\n"
            "        in_a_row: 9\n"
        ),
        "x.yaml:7:19: regime.adjustment.triggers.last.in_a_row = 9 is above the largest allowed value 4 (periods)",
    ),
    "too few periods for the hits": (
        (
            "regime:\n  adjustment:\n    kind: triggers\n    triggers:\n"
            "      last: {kind: last_in_department, in_a_row: 3, within: 2}\n"
        ),
        "x.yaml:5:61: regime.adjustment.triggers.last.within: 3 hits (in_a_row) do not fit into 2 periods",
    ),
    "hits that count for ever and for some periods": (
        (
            "regime:\n  adjustment:\n    kind: triggers\n    triggers:\n"
            "      last: {kind: last_in_department, within: 3, consecutive: false}\n"
        ),
        (
            "x.yaml:5:64: regime.adjustment.triggers.last.consecutive: hits count whenever they come, or within 3"
            " periods: leave one out"
        ),
    ),
    "one hit within several periods": (
        (
            "regime:\n  adjustment:\n    kind: triggers\n    triggers:\n"
            "      last: {kind: last_in_department, in_a_row: 1, within: 2}\n"
        ),
        (
            "x.yaml:5:61: regime.adjustment.triggers.last.within: one hit is enough (in_a_row = 1), so that within says"
            " nothing; set in_a_row"
        ),
    ),
    "trigger name": (
        "regime:\n  adjustment: {kind: triggers, triggers: {two words: {kind: incompetent_grade}}}\n",
        "x.yaml:2:43: regime.adjustment.triggers.two words: a trigger's name is one word of letters, digits and _",
    ),
    "triggers as a list": (
        "regime:\n  adjustment: {kind: triggers, triggers: [last_in_department]}\n",
        (
            'x.yaml:2:42: regime.adjustment.triggers = ["last_in_department"] is not triggers by name'
            " (name: {kind: ...})"
        ),
    ),
    "trigger to remove": (
        "regime:\n  adjustment: {kind: triggers, triggers: {lost: null}}\n",
        "x.yaml:2:43: there is no trigger lost to remove; there is nothing to set here",
    ),
    "name that is no folder name": (
        "name: ../up\n",
        'x.yaml:1:7: name = "../up" is not a name: letters, digits, _ and -, beginning with a letter or digit.',
    ),
    "start that is none": (
        "horizon: {start: spring}\n",
        (
            'x.yaml:1:18: horizon.start = "spring" is not a year and quarter:'
            " as in 2020Q1, what quarter 1 is called; after eight quarters it is 2022Q1."
        ),
    ),
    "start": (
        "horizon: {start: 2020Q7}\n",
        "x.yaml:1:18: horizon.start: 2020Q7 names a quarter that is not between Q1 and Q4",
    ),
    "source": (
        "regime: {ranks: {kind: ladder, years_in_rank: {value: 3, source: hearsay}}}\n",
        (
            'x.yaml:1:66: source "hearsay" must begin with one of seed, law, data, literature, assumption, design'
            ' (as in "data P8")'
        ),
    ),
    "comma in a note": (
        "seed: {value: 3, note: yes, no}\n",
        "x.yaml:1:29: only source and note may stand beside value, not no (quote a comma)",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_one_error_is_told_with_its_place(case: str, errors: Errors) -> None:
    text, message = CASES[case]
    assert errors(text) == [message]


TOGETHER = {
    "rank shares": (
        "structure: {rank_shares: [0.5, 0.3, 0.3]}\n",
        "x.yaml:1:26: structure.rank_shares: the shares sum to 1.1; together they must be 1",
    ),
    "department kinds": (
        "structure: {area_level: {economic_share: 0.8}}\n",
        (
            "x.yaml:1:25: structure.area_level.social_share: economic_share + social_share = 1.25;"
            " together they may not exceed 1"
        ),
    ),
    "no departments": (
        "structure:\n  area_level: {departments: 0}\n  new_cities: {departments: 0}\n",
        (
            "x.yaml:2:29: structure.area_level.departments: there is no department at all;"
            " area_level or new_cities needs one"
        ),
    ),
    "department sizes": (
        "structure: {department_size: {mean: 70}}\n",
        (
            "x.yaml:1:37: structure.department_size.mean: smallest 5, mean 70, largest 60:"
            " the mean must lie between the smallest and the largest (posts)"
        ),
    ),
    "parts of floating pay": (
        "regime:\n  floating_pay:\n    kind: three_part\n    grade_part: 0.5\n",
        (
            "x.yaml:3:5: regime.floating_pay.annual_part: quarterly_part + grade_part + annual_part = 1.2;"
            " together they must be 1"
        ),
    ),
    "reservoir": (
        "regime:\n  adjustment:\n    kind: triggers\n    reservoir: {dismissed_share: 0.5}\n",
        (
            "x.yaml:4:34: regime.adjustment.reservoir.dismissed_share:"
            " reposted_share + demoted_share + dismissed_share = 1.25; together they may not exceed 1"
        ),
    ),
    "grades": (
        "regime: {appraisal: {kind: four_grades, excellent_cap: 0.5, basic_share: 0.3, incompetent_share: 0.3}}\n",
        (
            "x.yaml:1:98: regime.appraisal.incompetent_share: excellent_cap + basic_share + incompetent_share = 1.1;"
            " together they may not exceed 1"
        ),
    ),
    "ages": (
        "world: {people: {retirement_age: 34}}\n",
        "x.yaml:1:17: world.people.oldest_hire: 35 is not below retirement_age 34 (years)",
    ),
    "reserved name": (
        "world: {new_cities: [north, area_level]}\n",
        "x.yaml:1:21: world.new_cities: area_level names what is above the new cities; choose another name",
    ),
    "same name": (
        "world: {new_cities: [north, north]}\n",
        "x.yaml:1:21: world.new_cities: north is named twice",
    ),
}


@pytest.mark.parametrize("case", TOGETHER)
def test_settings_that_do_not_fit_together(case: str, errors: Errors) -> None:
    text, message = TOGETHER[case]
    assert errors(text) == [message]


def test_all_errors_are_told_at_once_in_the_order_of_the_file(errors: Errors) -> None:
    text = (
        "seed: many\n"
        "sead: 1\n"
        "regime:\n"
        "  posts: {kind: fixd}\n"
        "behaviour: {effort: {response: 2}}\n"
        "timeline:\n"
        "  - quarter: 8\n"
        "    set: {regime.floating_pay: {kind: three_part, floating_share: 0.9}}\n"
    )
    places = [line.split(": ")[0] for line in errors(text)]
    assert places == ["x.yaml:1:7", "x.yaml:2:1", "x.yaml:4:17", "x.yaml:5:32", "x.yaml:8:67"]


def test_an_error_of_the_baseline_is_told_once_although_every_stage_has_it(errors: Errors) -> None:
    text = "behaviour: {effort: {response: 2}}\ntimeline: [{quarter: 1, set: {regime.posts.kind: fixed}}]\n"
    assert len(errors(text)) == 1


def test_very_many_errors_are_counted_and_not_all_told(errors: Errors) -> None:
    lines = errors("".join(f"nonsense_{number}: 1\n" for number in range(60)))
    assert len(lines) == 51
    assert lines[-1] == "... and 10 more errors"


def test_a_wrong_value_hides_no_other_mistake(tmp_path: Path) -> None:
    """Shares that do not sum are told although another setting of the same part is out of bounds."""
    path = tmp_path / "x.yaml"
    path.write_text(
        "structure:\n  department_size: {mean: 0}\n  rank_shares: [0.5, 0.2, 0.2]\n"
        "  new_cities: {economic_share: 0.8, social_share: 0.5}\n",
        encoding="utf-8",
    )
    with pytest.raises(UserError) as told:
        load(path)
    lines = [line.partition("x.yaml:")[2] for line in str(told.value).splitlines()]
    assert lines == [
        "2:27: structure.department_size.mean = 0 is below the smallest allowed value 1.0 (posts)",
        "3:16: structure.rank_shares: the shares sum to 0.9; together they must be 1",
        "4:51: structure.new_cities.social_share: economic_share + social_share = 1.3; together they may not exceed 1",
    ]


def test_a_list_of_grades_says_all_that_is_wrong_with_it(errors: Errors) -> None:
    text = (
        "regime:\n  appraisal:\n    kind: grade_list\n    names: [A, B, B]\n    limit_by: [rank]\n"
        "    limits: [0.4, 0.2]\n    counts_as: [competent, excellent, incompetent]\n    multipliers: [1, 2]\n"
    )
    assert errors(text) == [
        "x.yaml:4:12: regime.appraisal.names: two grades have the same name",
        "x.yaml:5:15: regime.appraisal.limit_by: 1 values for 3 grades; it needs 2",
        "x.yaml:7:16: regime.appraisal.counts_as: a grade counts as better than the one above it",
        "x.yaml:8:18: regime.appraisal.multipliers: 2 values for 3 grades; it needs 3, or none",
    ]
    ranks = (
        text.replace("[A, B, B]", "[A, B, C]")
        .replace("[rank]", "[rank, rank]")
        .replace("[1, 2]", "[2, 1, 0]")
    )
    ranks = ranks.replace("[competent, excellent", "[excellent, competent")
    assert errors(ranks) == [
        "x.yaml:6:13: regime.appraisal.limits: those by rank must rise from the best grade to the worst: [0.4, 0.2]"
    ]
