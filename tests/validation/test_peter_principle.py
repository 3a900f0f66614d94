"""The Peter principle: the independent simulation gives what is known, and the engine agrees with it."""

from itertools import pairwise

import numpy as np
import pytest
from scipy import stats

from sim.core.errors import UserError
from sim.validation import validate
from sim.validation.case import ERRORS, Setting
from sim.validation.page import page
from sim.validation.peter_principle import (
    STRATEGIES,
    Cell,
    change,
    efficiency,
    expected_founding,
    simulated,
)

KNOWN = {
    ("common sense", "clipped"): (9.5, -1.8, 3.4),
    ("Peter", "clipped"): (-8.4, 13.7, 2.6),
    ("common sense", "truncated"): (9.4, -1.1, 3.7),
    ("Peter", "truncated"): (-7.5, 12.6, 2.5),
}
"""Changes in points under best, worst, random: recomputed before, over 50 organisations (standard error .25)."""
CELLS = [
    (Cell(hypothesis, strategy, bounds), changes[place])
    for (hypothesis, bounds), changes in KNOWN.items()
    for place, strategy in enumerate(STRATEGIES)
]
SMALL = {
    "structure.posts_by_rank": [1, 3, 7, 14],
    "horizon.quarters": 48,
    "staff_every": 6,
}


def scenario_of(cell, **changes):
    return Setting().scenario("v2_peter_principle", cell.changes | changes)


@pytest.mark.parametrize(("cell", "known"), CELLS, ids=lambda one: str(one))
def test_the_independent_simulation_gives_the_known_changes(cell, known):
    """Measured, as those were, from each run's own founding."""
    path = simulated(scenario_of(cell), 80, runs=200)
    found = path[:, 60:].mean(axis=1) - path[:, 0]
    error = np.hypot(found.std() / np.sqrt(found.size), 0.25)
    assert found.mean() == pytest.approx(known, abs=min(0.7, 2 * error))


@pytest.fixture(scope="module")
def small():
    return validate(["V2"], SMALL, replications=24)


def test_the_engine_agrees_with_it_on_a_small_pyramid(small):
    changes = [check for check in small.checks if check.quantity.startswith("change of efficiency")]
    assert len(changes) == 12
    wrong = [check for check in changes if abs(check.obtained - check.expected) > ERRORS * check.error]
    assert wrong == []
    assert max(check.error for check in changes) < 1.0  # of changes between -8 and 13


def test_all_checks_pass_on_a_small_pyramid(small):
    assert [check for check in small.checks if not check.passed] == []
    assert [check.certainty for check in small.checks].count("C") == 6
    assert page(small).pictures() == ["v2_peter"]
    [axes] = page(small).figure("v2_peter").axes
    assert len(axes.patches) == 12


@pytest.mark.parametrize(
    "wrong",
    [
        {"behaviour.hiring.selection_ratio": 0.2},  # newcomers are chosen
        {"behaviour.ability.role_change_by": "tier"},  # only managers learn another trade
        {"regime.adjustment.enforcement": 0.0},  # nobody has to be able
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_place_that_is_not_the_published_one_is_noticed(wrong):
    cell = Cell("Peter", "best", "clipped")
    right, other = (
        change(efficiency(Setting(), scenario), expected_founding(scenario))
        for scenario in (
            scenario_of(cell, **SMALL, replications=30),
            scenario_of(cell, **SMALL, replications=30, **wrong),
        )
    )
    apart = other - right  # the same luck in both
    assert abs(apart.mean()) > ERRORS * apart.std() / np.sqrt(apart.size)


@pytest.mark.parametrize(
    ("role_change", "order"),
    [("skills", ("merit", "lottery", "reverse_merit")), ("redraw", ("reverse_merit", "lottery", "merit"))],
)
def test_promoting_the_best_ends_best_if_skills_stay_and_worst_if_ability_is_redrawn(role_change, order):
    """One scenario file, two hypotheses: what is known of Rajguru et al. 2025 and of Pluchino et al. 2010."""
    ends = {}
    for promotion in order:
        changes = {"replications": 12, "horizon.quarters": 60, "regime.ranks.promotion": promotion}
        scenario = Setting().scenario("v2_skills", changes | {"behaviour.ability.role_change": role_change})
        ends[promotion] = change(efficiency(Setting(), scenario), expected_founding(scenario))
    for more, less in pairwise(order):
        apart = ends[more] - ends[less]
        assert apart.mean() > ERRORS * apart.std() / np.sqrt(apart.size)


def test_the_engine_and_the_simulation_retire_people_in_the_same_year():
    """Everybody is exactly 40 (on the bound) and able: nothing changes until all are 60 twenty years later."""
    bounds = {"mean": 15, "sd": 0.1, "youngest": 40}
    changes = {
        "structure.posts_by_rank": [1, 3],
        "horizon.quarters": 22,
        "staff_every": 1,
        **{
            f"world.people.{who}.{name}": to
            for who in ("founder_ages", "hire_ages")
            for name, to in bounds.items()
        },
        "regime.adjustment.kind": "none",
    }
    scenario = scenario_of(Cell("common sense", "best", "clipped"), **changes, replications=4)
    engine = efficiency(Setting(), scenario).to_numpy()
    known = simulated(scenario, 22, runs=4)
    for path in (engine, known):
        moved = np.flatnonzero((np.abs(np.diff(path, axis=1)) > 1e-9).any(axis=0)) + 1
        assert moved[0] == 20


def test_v2_is_judged_in_standard_errors(small):
    drawn = [
        check for check in small.checks if check.quantity.startswith(("change of efficiency", "efficiency"))
    ]
    assert {(check.gate, check.allowed) for check in drawn} == {(0.0, "4 errors")}


def test_efficiency_at_the_founding():
    """Ten times the mean competence, by drawing it."""
    luck = stats.norm.rvs(7, 2, 400_000, random_state=5)
    clipped = np.clip(luck, 1, 10)
    inside = luck[(luck >= 1) & (luck <= 10)]
    for bounds, drawn in (("clipped", clipped), ("truncated", inside)):
        expected = expected_founding(scenario_of(Cell("Peter", "best", bounds)))
        error = 10 * drawn.std() / np.sqrt(drawn.size)
        assert expected == pytest.approx(10 * drawn.mean(), abs=4 * error)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [({"structure.posts_by_rank": []}, "about a pyramid"), ({"record": ["events"]}, "no staff")],
)
def test_an_override_that_leaves_no_case_is_refused(wrong, told):
    with pytest.raises(UserError, match=told):
        validate(["V2"], wrong, replications=2)
