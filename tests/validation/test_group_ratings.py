"""V11: the independent simulation gives what was printed, and the engine agrees with it on a small pyramid."""

import numpy as np
import pytest

from sim.core.errors import UserError
from sim.validation import validate
from sim.validation.case import ERRORS, Setting
from sim.validation.group_ratings import PUBLISHED, SETTINGS, simulated

SMALL = {"structure.posts_by_rank": [4, 8, 12, 16, 20, 24, 32, 40], "horizon.quarters": 60}


def scenario_of(label, **changes):
    return Setting().scenario("v11_groups", SETTINGS[label] | changes)


@pytest.mark.parametrize("as_printed", [False, True])
@pytest.mark.parametrize("label", PUBLISHED)
def test_the_independent_simulation_gives_what_was_printed(label, as_printed):
    """The authors took the mean of few organisations; the standard error of 20 is about .035, besides our own."""
    top = simulated(scenario_of(label), as_printed=as_printed, runs=40)[:, -1]
    error = np.hypot(0.14 / np.sqrt(20), top.std() / np.sqrt(top.size))
    assert top.mean() == pytest.approx(PUBLISHED[label], abs=2 * error)


@pytest.mark.parametrize(("label", "share"), [("5 % of the variance", 0.05), ("1 % of the variance", 0.01)])
def test_the_bias_is_that_share_of_the_variance(label, share):
    """Of scores of two equal groups, δ apart, the difference between them explains (δ/2)²/(1 + (δ/2)²)."""
    bias = scenario_of(label).world.people.groups["women"].rating_bias
    assert (bias / 2) ** 2 / (1 + (bias / 2) ** 2) == pytest.approx(share, rel=0.01)


def test_without_bias_the_groups_are_alike_on_every_rank():
    found = simulated(scenario_of("no bias"), runs=60)
    error = found.std(axis=0) / np.sqrt(60)
    assert (np.abs(found.mean(axis=0) - 0.5) < ERRORS * error).all()


@pytest.fixture(scope="module")
def small():
    return validate(["V11"], SMALL, replications=30).checks


def test_the_engine_agrees_with_it_on_a_small_pyramid(small):
    gated = [check for check in small if check.gated]
    assert len(gated) == 24
    assert all(check.error < 0.06 for check in gated)
    assert [check.quantity for check in gated if not check.passed] == []


def test_a_bias_that_the_reference_does_not_know_would_be_found(small):
    """The engine without bias against the reference with 5 % of the variance: some rank fails the gate."""
    biased, fair = (
        [check for check in small if check.gated and label in check.quantity]
        for label in ("5 % of the variance", "no bias")
    )
    off = [abs(own.obtained - other.expected) / other.error for own, other in zip(fair, biased, strict=True)]
    assert max(off) > ERRORS


def test_what_the_case_is_about_must_be_there():
    with pytest.raises(UserError, match="V11 is about a pyramid"):
        validate(["V11"], {"structure.posts_by_rank": []}, replications=1)
    with pytest.raises(UserError, match="V11 is about two groups"):
        validate(["V11"], {"world.people.groups.others": {"share": 0.0}}, replications=1)
