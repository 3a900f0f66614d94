"""The views that reports are filled with: facts of results made by hand, before a word is said of them."""

from dataclasses import replace
from itertools import product

import numpy as np
import pandas
import pytest

from sim.lab.estimates.attribution import attribute
from sim.lab.estimates.robustness import robust
from sim.lab.estimates.sensitivity import sensitivity
from sim.lab.reports.attribution_report import attribution_view, surest_pair
from sim.lab.reports.robustness_report import robustness_view
from sim.lab.reports.sensitivity_report import sensitivity_view
from tests.analysis.studies_fake import study_of

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
    view = attribution_view(parts)
    assert (view.scenario, view.label, view.unit) == ("reform", "morale", "ability SD")
    assert view.basis == "256 points, 5 replications each"
    assert [size.split()[0] for size in view.clear] == ["posts", "ranks", "adjustment"]
    assert view.clear[0].startswith("posts +3.0")
    assert sorted([*view.negligible, *view.undecided]) == sorted(
        ["appointment", "salaries", "appraisal", "floating pay", "structure"]
    )
    assert len(view.parts) == len(view.pairs) == 1
    assert [row[0] for row in view.parts[0].rows][-1] == "All parts together"


def test_the_surest_pair_stands_up_to_the_adjustment_or_there_is_none(parts):
    pair = surest_pair(parts, "morale")
    assert pair is not None
    assert {pair.one, pair.other} == {"posts", "ranks"}
    assert pair.size.startswith("+4.0")
    assert surest_pair(replace(parts, pairs=parts.pairs.assign(p_holm=0.05)), "morale") is None


def test_robustness_counts_where_a_headline_holds_and_flips(hypercube):
    view = robustness_view(robust(hypercube))
    [headline] = view.headlines
    assert (headline.open, view.left_out, view.asked) == ("0 %", 2, False)
    assert float(headline.holds.split()[0]) + float(headline.flips.split()[0]) == pytest.approx(100, abs=1)
    assert view.space_filling
    assert [regime.scenario for regime in view.enough] == ["reform"]
    assert view.outcomes == ["morale"]


def test_a_box_says_its_sides_and_whether_luck_would_find_it(hypercube):
    view = robustness_view(robust(hypercube))
    box = view.boxes[0]
    assert len(box.sides) == 1
    assert "x1" in box.sides[0]
    assert (box.density, box.coverage, box.sure) == ("100 %", "100 %", True)
    assert view.surest == [box]
    still = replace(robust(hypercube), boxes=robust(hypercube).boxes.assign(search_p=0.5))
    assert robustness_view(still).surest == []


def test_an_outcome_without_a_good_direction_has_no_regret(hypercube):
    manifest = {**hypercube.manifest, "outcomes": {"morale": {"label": "morale", "unit": "SD", "good": 0}}}
    view = robustness_view(robust(replace(hypercube, manifest=manifest)))
    assert (view.enough, view.outcomes) == ([], [])


def test_sensitivity_says_what_explains_the_leading_outcome(hypercube):
    view = sensitivity_view(sensitivity(hypercube))
    [scenario] = view.scenarios
    assert scenario.leading is not None
    assert scenario.leading.what == "The effect of reform on morale"
    assert scenario.leading.factors[0].startswith("behaviour · x1 +")
    assert not scenario.leading.noisy
    assert (view.left_out, view.named) == (2, "1, 2")


@pytest.mark.parametrize(("share", "noisy"), [(0.19, False), (0.2, True), (float("nan"), False)])
def test_much_luck_between_points_is_told_from_a_fifth_on(hypercube, share, noisy):
    found = sensitivity(hypercube)
    view = sensitivity_view(replace(found, quality=found.quality.assign(noise_share=share)))
    leading = view.scenarios[0].leading
    assert leading is not None
    assert leading.noisy is noisy
    assert (leading.noise == "") is bool(np.isnan(share))


def test_where_no_point_differs_nothing_leads():
    still = study_of(GRID, {"reform": {"morale": lambda u: 0 * u[:, 0]}}, {"kind": "latin_hypercube"})
    [scenario] = sensitivity_view(sensitivity(still)).scenarios
    assert scenario.leading is None
    assert isinstance(scenario.indices, list)
    assert pandas.DataFrame(scenario.indices).empty
