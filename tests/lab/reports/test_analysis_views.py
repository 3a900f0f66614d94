"""The facts that reports are filled with: those of results made by hand, before a word is said of them."""

from dataclasses import replace
from itertools import product

import numpy as np
import pandas
import pytest

from sim.lab.estimates.attribution import attribute
from sim.lab.estimates.convergence import convergence
from sim.lab.estimates.robustness import robust
from sim.lab.estimates.sensitivity import sensitivity
from sim.lab.reports.attribution_report import attribution_facts, surest_pair
from sim.lab.reports.calibration_report import (
    calibration_facts,
    calibration_report,
    fit_grid,
    is_assumed,
)
from sim.lab.reports.convergence_report import settled
from sim.lab.reports.decomposition_report import decomposition_facts, size_of
from sim.lab.reports.lever_report import move_of
from sim.lab.reports.robustness_report import robustness_facts
from sim.lab.reports.sensitivity_report import sensitivity_facts
from sim.lab.reports.study_report import study_facts
from sim.lab.results.calibration import Calibration
from sim.lab.results.decomposition import PARTS as SPLIT
from sim.lab.results.decomposition import TOTAL, Decomposition
from tests.lab.studies_fake import study_of

GRID = np.array(list(product(np.linspace(0.0, 1.0, 6), repeat=2)))
PARTS = np.array(list(product([0.0, 1.0], repeat=8)))
NAMES = ("posts", "ranks", "appointment", "salaries", "appraisal", "adjustment", "floating_pay", "structure")


@pytest.fixture(scope="module")
def parts():
    """The first two parts work best together, the sixth takes something away; the others do nothing."""
    known = {"reform": {"morale": lambda u: 4 * u[:, 0] * u[:, 1] + u[:, 0] - u[:, 5]}}
    return attribute(study_of(PARTS, known, {"kind": "coalitions"}, 5, names=NAMES, noise=0.01))


@pytest.fixture(scope="module")
def hypercube():
    """The first factor decides the sign: below 0.5 the effect is −1, above it is 1."""
    known = {"reform": {"morale": lambda u: np.where(u[:, 0] > 0.5, 1.0, -1.0)}}
    units = np.vstack([GRID] * 3)
    return study_of(units, known, {"kind": "latin_hypercube"}, 4, noise=0.01, failed=(1, 2))


def test_an_attribution_sorts_parts_by_verdict_the_largest_first(parts):
    facts = attribution_facts(parts)
    assert (facts["scenario"], facts["label"], facts["unit"]) == ("reform", "morale", "ability SD")
    assert facts["basis"] == "256 points, 5 replications each"
    assert [size.split()[0] for size in facts["clear"]] == ["posts", "ranks", "adjustment"]
    assert facts["clear"][0].startswith("posts +3.0")
    assert sorted([*facts["negligible"], *facts["undecided"]]) == sorted(
        ["appointment", "salaries", "appraisal", "floating pay", "structure"]
    )
    assert len(facts["parts"]) == len(facts["pairs"]) == 1
    assert [row[0] for row in facts["parts"][0]["rows"]][-1] == "All parts together"


def test_the_surest_pair_stands_up_to_the_adjustment_or_there_is_none(parts):
    pair = surest_pair(parts, "morale")
    assert pair is not None
    assert {pair["one"], pair["other"]} == {"posts", "ranks"}
    assert pair["size"].startswith("+4.0")
    assert surest_pair(replace(parts, pairs=parts.pairs.assign(p_holm=0.05)), "morale") is None


def test_robustness_counts_where_a_headline_holds_and_flips(hypercube):
    facts = robustness_facts(robust(hypercube))
    [headline] = facts["headlines"]
    assert (headline["open"], facts["left_out"], facts["asked"]) == ("0 %", 2, False)
    assert float(headline["holds"].split()[0]) + float(headline["flips"].split()[0]) == pytest.approx(
        100, abs=1
    )
    assert facts["space_filling"]
    assert [regime["scenario"] for regime in facts["enough"]] == ["reform"]
    assert facts["outcomes"] == ["morale"]


def test_a_box_says_its_sides_and_whether_luck_would_find_it(hypercube):
    facts = robustness_facts(robust(hypercube))
    box = facts["boxes"][0]
    assert len(box["sides"]) == 1
    assert "x1" in box["sides"][0]
    assert (box["density"], box["coverage"], box["sure"]) == ("100 %", "100 %", True)
    assert facts["surest"] == [box]
    still = replace(robust(hypercube), boxes=robust(hypercube).boxes.assign(search_p=0.5))
    assert robustness_facts(still)["surest"] == []


def test_an_outcome_without_a_good_direction_has_no_regret(hypercube):
    manifest = {**hypercube.manifest, "outcomes": {"morale": {"label": "morale", "unit": "SD", "good": 0}}}
    facts = robustness_facts(robust(replace(hypercube, manifest=manifest)))
    assert (facts["enough"], facts["outcomes"]) == ([], [])


def test_sensitivity_says_what_explains_the_leading_outcome(hypercube):
    facts = sensitivity_facts(sensitivity(hypercube))
    [scenario] = facts["scenarios"]
    assert scenario["leading"] is not None
    assert scenario["leading"]["what"] == "The effect of reform on morale"
    assert scenario["leading"]["factors"][0].startswith("behaviour · x1 +")
    assert not scenario["leading"]["noisy"]
    assert (facts["left_out"], facts["named"]) == (2, "1, 2")


@pytest.mark.parametrize(("share", "noisy"), [(0.19, False), (0.2, True), (float("nan"), False)])
def test_much_luck_between_points_is_told_from_a_fifth_on(hypercube, share, noisy):
    found = sensitivity(hypercube)
    facts = sensitivity_facts(replace(found, quality=found.quality.assign(noise_share=share)))
    leading = facts["scenarios"][0]["leading"]
    assert leading is not None
    assert leading["noisy"] is noisy
    assert (leading["noise"] == "") is bool(np.isnan(share))


def test_where_no_point_differs_nothing_leads():
    still = study_of(GRID, {"reform": {"morale": lambda u: 0 * u[:, 0]}}, {"kind": "latin_hypercube"})
    [scenario] = sensitivity_facts(sensitivity(still))["scenarios"]
    assert scenario["leading"] is None
    assert isinstance(scenario["indices"], list)
    assert pandas.DataFrame(scenario["indices"]).empty


MADE = {"seed": 1, "replications": 3, "code": {"version": "9.9", "content": "abc"}, "assumed": 12}
OUTPUT = {"output_per_post": {"label": "true output per post", "unit": "mean output", "good": 1}}


def split(**sizes):
    """A decomposition of one outcome; parts that are not named are 0."""
    columns = {"outcome": "output_per_post", "unit": "mean output", "replications": 3}
    rows = []
    for part in (*SPLIT, TOTAL):
        value, half = sizes.get(part, (0.0, 0.0))
        bounds = {"difference": value, "low": value - half, "high": value + half, "relative": value / 2}
        rows.append({**columns, "part": part, **bounds})
    reform = {"timeline": [{"quarter": 8, "set": {"regime": {"ranks": {"kind": "by_post"}}}}]}
    names = {
        "scenario_name": "reform",
        "baseline": "civil_service",
        "scenario": reform,
        "baseline_scenario": {},
    }
    return Decomposition(
        pandas.DataFrame(rows),
        pandas.DataFrame(),
        {**names, **MADE, "window": [9, 16], "runs": 18, "outcomes": OUTPUT},
    )


def test_a_decomposition_tells_parts_relative_to_the_baseline(monkeypatch):
    monkeypatch.setattr("sim.lab.reports.decomposition_report.no_headline", lambda *_: "")
    monkeypatch.setattr("sim.lab.reports.decomposition_report.window_told", lambda *_: "quarters 9 to 16")
    facts = decomposition_facts(split(incentive=(0.1, 0.02), gaming=(-0.04, 0.1), total=(0.06, 0.03)))
    assert (facts["label"], facts["interval"], facts["pairs"]) == (
        "true output per post",
        "+0.0300 to +0.0900",
        3,
    )
    assert [(part["name"], part["size"], part["uncertain"]) for part in facts["parts"]] == [
        ("incentive", "+5.0 %", False),
        ("selection", "0 %", False),
        ("gaming", "−2.0 %", True),
        ("luck", "0 %", False),
        ("other", "0 %", False),
    ]
    assert (facts["total"]["size"], facts["assumed"], facts["code"]) == ("+3.0 %", 12, "9.9, abc")


def test_where_per_cent_mean_nothing_a_part_has_its_unit():
    row = {"unit": "ability SD", "difference": 0.1, "low": 0.0, "high": 0.2, "relative": 0.5}
    assert size_of(row, "luck")["size"] == "+0.100 ability SD"
    assert (
        size_of(row | {"unit": "mean output", "relative": float("nan")}, "luck")["size"]
        == "+0.100 mean output"
    )


def calibration(**manifest):
    """Two numbers for two targets, the second of them missed; the trial 1 failed."""
    target = {
        "of": "scenario",
        "window": "1–6",
        "note": "",
        "unit": "",
        "replication_error": 0.1,
        "share": 0.5,
    }
    fit = pandas.DataFrame(
        [
            {
                "outcome": "output_per_post",
                "value": 1.0,
                "error": 0.1,
                "error_source": "data",
                "source": "data P1",
            },
            {
                "outcome": "resignations",
                "value": 2.0,
                "error": 0.5,
                "error_source": "",
                "source": "assumption: mine",
            },
        ]
    ).assign(
        **target, obtained=[1.05, 4.0], off=[0.4, 3.9], start_obtained=[0.5, 1.0], start_off=[-4.0, -2.0]
    )
    trials = pandas.DataFrame({"trial": [0, 1, 2], "loss": [9.0, float("nan"), 1.5], "a.x": [1.0, 2.0, 3.0]})
    trials = trials.assign(
        state=["complete", "failed", "complete"], message=["", "overflow", ""], **{"a.n": [1, 2, 3]}
    )
    span = {"low": 0.0, "high": 4.0, "near_low": 2.0, "near_high": 3.0, "near": 7, "unit": "", "log": False}
    ranges = pandas.DataFrame(
        {"parameter": ["a.x", "a.n"], "start": [1.0, 1.0], "best": [3.0, 3.0], "span": [0.2, 0.6]}
    )
    free = [{"key": "a.x", "whole": False, "shared": True}, {"key": "a.n", "whole": True, "shared": False}]
    names = {"name": "known", "scenario_name": "reform", "baseline": ""}
    told = {**names, "free": free, "outcomes": OUTPUT, **MADE, **manifest}
    return Calibration(fit, trials, pandas.DataFrame(), ranges.assign(**span), told)


def test_a_calibration_names_what_it_missed_and_what_is_assumed():
    facts = calibration_facts(calibration())
    assert (facts["loss"], facts["start_loss"]) == ("1.50", "9.00")
    assert (facts["trials"], facts["numbers"], facts["failed"], facts["near"]) == (3, 2, 1, 7)
    assert facts["missed"] == ["resignations, reform"]
    assert (facts["assumed_errors"], facts["assumed_values"]) == (1, 1)
    assert [(one["trial"], one["message"]) for one in facts["failures"]] == [(1, "overflow")]
    assert facts["settings"] == "--set a.x=3.0 --set a.n=3"
    assert [row[-1] for row in facts["ranges"].rows] == [
        "to 20 % of the range",
        "no: near trials span 60 % of the range",
    ]
    assert [row[0] for row in facts["all_trials"].rows] == ["2", "0", "1"]


def test_numbers_that_move_in_the_baseline_too_are_named_where_there_is_one():
    assert calibration_facts(calibration())["also_moved"] == []
    assert calibration_facts(calibration(baseline="civil_service"))["also_moved"] == ["`a.x`"]


def test_a_start_that_failed_has_no_loss():
    found = calibration()
    failed = replace(found, trials=found.trials.assign(loss=[float("nan"), float("nan"), 1.5]))
    assert calibration_facts(failed)["start_loss"] == ""
    assert "the scenario as it is has none, as it failed" in calibration_report(failed).markdown()


def test_the_short_table_of_targets_leaves_out_source_and_start():
    whole, short = fit_grid(calibration()), fit_grid(calibration(), short=True)
    assert (len(whole.header), len(short.header)) == (7, 4)
    assert [len(row) for row in (*whole.rows, *short.rows)] == [7, 7, 4, 4]
    assert short.rows[1][1] == "2.00 ± 0.500 (assumed)"


@pytest.mark.parametrize(
    ("source", "assumed"), [("", True), ("assumption", True), ("assumption: x", True), ("data P1", False)]
)
def test_a_value_without_source_is_assumed(source, assumed):
    assert is_assumed(source) is assumed


LEVER = {
    "lever": "a.x",
    "first": "0",
    "value": "1",
    "mean": 3.0,
    "difference": 1.0,
    "difference_low": 0.5,
    "difference_high": 1.5,
    "replications": 5,
    "points": 2,
}


def test_a_move_says_from_where_to_where_and_whether_its_sign_is_sure():
    move = move_of(LEVER)
    assert (move["change"], move["interval"], move["uncertain"]) == ("+1.00", "+0.50 to +1.50", False)
    assert (move["before"], move["after"], move["replications"], move["settings"]) == ("2.00", "3.00", 5, 2)
    assert move_of(LEVER | {"difference_low": -0.5})["uncertain"]
    nothing = move_of(LEVER | {"difference": 0.0, "difference_low": 0.0, "difference_high": 0.0})
    assert (nothing["change"], nothing["uncertain"], nothing["before"]) == ("", False, "")
    assert (
        move_of(LEVER | {"difference_low": float("nan"), "difference_high": float("nan")})["interval"] == ""
    )


def told_study(study, **manifest):
    more = {"question": "", "seed": 3, "assumptions": [{"source": "assumption"}]}
    return replace(study, manifest={**study.manifest, **more, **manifest})


def test_a_study_without_crossed_levers_tells_how_its_leading_effect_spreads(hypercube):
    facts = study_facts(told_study(hypercube))
    [spread] = facts["spreads"]
    assert (facts["levers"], facts["label"], facts["assumed"], facts["seed"]) == ([], "morale", 1, 3)
    assert (spread["scenario"], spread["points"]) == ("reform", 106)
    assert spread["above"] + spread["below"] == spread["points"]

    assert [row[:3] for row in facts["failures"]] == [["1", "reform", "quarter"], ["2", "reform", "quarter"]]


def test_a_crossed_study_tells_its_levers_instead():
    known = {name: {"morale": lambda u: u[:, 0] + 2 * u[:, 1]} for name in ("reform", "lottery")}
    corners = np.array(list(product([0.0, 1.0], repeat=2)))
    facts = study_facts(told_study(study_of(corners, known, {"kind": "grid"}, 3)))
    assert facts["spreads"] == []
    assert [one["name"] for one in facts["levers"]] == ["levers_reform", "levers_lottery"]
    assert [move["change"] for move in facts["levers"][0]["moves"]] == ["+1.00", "+2.00"]
    assert facts["levers"][0]["rest"] == 0
    assert len(facts["levers"][0]["together"]) == 1


def test_without_a_baseline_a_study_does_not_ask_for_replications(hypercube):
    known = {"reform": {"morale": lambda u: u[:, 0]}}
    facts = study_facts(told_study(study_of(GRID, known, {"kind": "latin_hypercube"}, 3, baseline=None)))
    assert (facts["settled"], facts["convergence_caption"], facts["spreads"]) == ([], "", [])
    assert len(study_facts(told_study(hypercube))["settled"]) == 1


def test_more_replications_are_asked_for_where_the_interval_is_wider_than_the_least_effect():
    known = {"reform": {"morale": lambda u: u[:, 0] - 0.5}}
    found = convergence(study_of(GRID, known, {"kind": "latin_hypercube"}, 4, noise=5.0))
    [effect] = settled(found)
    assert (effect["replications"], effect["sign"]) == (4, False)
    assert effect["needed"] > 4
    narrow = replace(found, needed=found.needed.assign(half_width=0.01, least=0.1))
    assert settled(narrow)[0]["needed"] == 0
    unknown = replace(found, needed=found.needed.assign(half_width=0.1, least=0.0, needed=float("nan")))
    assert settled(unknown)[0]["needed"] == 0
