"""Estimators on tables made by hand, whose truth is known and owes nothing to the model."""

import numpy as np
import pytest

from sim.core.errors import UserError
from sim.lab.estimates import estimators
from sim.lab.estimates.estimators import ESTIMATORS, Estimate, threshold
from sim.lab.estimates.panel import NEVER, Panel

PLACES, PERIODS, START = 30, 8, 4


def panel(
    seed: int,
    effect: float = 0.0,
    growth: float = 0.0,
    after: list[float] | None = None,
    places: int = PLACES,
) -> Panel:
    """Independent noise around effects of places and periods; the treated gain `effect`, and `growth` each period."""
    rng = np.random.default_rng(seed)
    starts = np.array(after if after else [START] * (places // 2) + [NEVER] * (places - places // 2))
    values = rng.normal(size=(places, PERIODS)) + rng.normal(size=(places, 1)) + rng.normal(size=PERIODS)
    made = Panel(values, np.arange(1, PERIODS + 1), starts)
    since = np.where(made.on, made.periods - np.where(np.isinf(starts), 0, starts)[:, None], 0)
    return Panel(values + effect * made.on + growth * since, made.periods, starts)


def many(name: str, count: int, **more) -> np.ndarray:
    return np.array([ESTIMATORS[name](panel(seed, **more)) for seed in range(count)])


@pytest.mark.parametrize("name", ESTIMATORS)
def test_of_a_constant_effect_no_estimator_is_biased(name: str) -> None:
    values = many(name, 12, effect=2.0, places=12)[:, 0]
    assert abs(values.mean() - 2.0) < 4 * values.std(ddof=1) / np.sqrt(12)
    assert values.mean() == pytest.approx(2.0, abs=0.6)


def test_without_noise_every_estimator_gives_the_effect_itself() -> None:
    base = np.linspace(0.0, 1.0, 6)[:, None] + np.array([0.0, 0.5, 0.1, 0.9, 0.2, 0.3])
    still = Panel(base, np.arange(1, 7), np.array([NEVER, 3.0, NEVER, 3.0, NEVER, NEVER]))
    moved = Panel(still.values + 1.5 * still.on, still.periods, still.after)
    assert moved.effect_on(still) == (pytest.approx(1.5), pytest.approx(0.0))
    for name, estimate in ESTIMATORS.items():
        assert estimate(moved).value == pytest.approx(1.5, abs=1e-3), name


@pytest.mark.slow
def test_with_many_places_intervals_cover_and_tests_have_their_size() -> None:
    value, low, high, p = many("two_way", 300, effect=0.5).T
    assert 0.93 <= ((low <= 0.5) & (high >= 0.5)).mean() <= 0.97
    of_nothing = np.array([ESTIMATORS["two_way"](panel(1000 + seed))[3] for seed in range(300)])
    assert 0.03 <= (of_nothing < 0.05).mean() <= 0.07
    assert ((low < value) & (value < high)).all()
    assert ((p < 0.05) == ((low > 0) | (high < 0))).all()


def test_randomisation_has_its_size_and_at_most_with_few_places() -> None:
    p = many("randomisation", 300, places=12)[:, 3]
    assert 0.02 <= (p <= 0.05).mean() <= 0.08
    few = many("randomisation", 30, effect=50.0, places=5)[:, 3]  # two of five: ten assignments
    assert few == pytest.approx(0.1)


def test_randomisation_tries_the_assignments_of_staggered_starts() -> None:
    after = [2.0, 2.0, 5.0, 5.0, NEVER, NEVER, NEVER, NEVER]
    found = ESTIMATORS["randomisation"](panel(1, effect=9.0, after=after, places=8))
    assert found.value == pytest.approx(9.0, abs=2.0)
    assert found.p < 0.02


def test_clustered_intervals_are_too_narrow_with_few_places() -> None:
    after = [START, NEVER, NEVER, NEVER, NEVER]
    _, low, high, _ = many("two_way", 40, effect=0.5, after=after, places=5).T
    assert ((low <= 0.5) & (high >= 0.5)).mean() < 0.85


def test_growing_effects_of_staggered_starts_bias_two_way_and_not_two_stage() -> None:
    after = [2.0] * 10 + [5.0] * 10 + [NEVER] * 4
    mean_since = np.mean([*range(1, 7), *range(1, 4)])
    plain = many("two_way", 10, growth=1.0, after=after, places=24)[:, 0].mean()
    robust = many("two_stage", 10, growth=1.0, after=after, places=24)[:, 0].mean()
    assert robust == pytest.approx(mean_since, abs=0.2)
    assert plain < mean_since - 0.8


def test_what_spills_over_to_the_untreated_is_missed() -> None:
    found = []
    for seed in range(20):
        clean = panel(seed)
        late = clean.periods > START
        spilt = Panel(clean.values + 1.0 * clean.on + 0.4 * (late & ~clean.on), clean.periods, clean.after)
        assert spilt.effect_on(clean) == (pytest.approx(1.0), pytest.approx(0.4))
        found.append(ESTIMATORS["two_way"](spilt).value)
    assert np.mean(found) == pytest.approx(0.6, abs=0.15)


def test_what_is_only_reported_is_an_effect_on_reports_alone() -> None:
    true, reported = panel(1), panel(1, effect=3.0)
    assert ESTIMATORS["two_way"](reported).p < 1e-6
    assert ESTIMATORS["two_way"](true).p > 0.05
    assert reported.effect_on(true)[0] == pytest.approx(3.0)


def test_a_jump_at_a_threshold_is_measured_below_it() -> None:
    found = []
    for seed in range(10):
        rng = np.random.default_rng(seed)
        distance = rng.normal(size=800)
        found.append(threshold(0.5 * distance + 1.0 * (distance < 0) + rng.normal(size=800) / 2, distance))
    values = np.array(found)
    assert values[:, 0].mean() == pytest.approx(1.0, abs=0.1)
    assert ((values[:, 1] <= 1.0) & (values[:, 2] >= 1.0)).sum() >= 8


def test_years_are_means_of_whole_years() -> None:
    by_quarter = Panel(np.arange(20.0).reshape(2, 10), np.arange(1, 11), np.array([4.0, NEVER]))
    by_year = by_quarter.by_year(4)
    assert by_year.values.tolist() == [[1.5, 5.5], [11.5, 15.5]]
    assert by_year.after.tolist() == [1.0, NEVER]
    assert by_year.on.tolist() == [[False, True], [False, False]]
    assert by_quarter.until(6).values.shape == (2, 6)


def test_an_extra_that_is_not_there_is_named_with_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    estimators.refuse_missing(list(ESTIMATORS))
    monkeypatch.setitem(estimators.LIBRARIES, "two_way", "no_such_library")
    with pytest.raises(
        UserError, match=r"needs no_such_library: pip install 'four-fixes-four-systems\[evaluate\]'"
    ):
        estimators.refuse_missing(["randomisation", "two_way"])


def test_an_estimate_without_interval_says_so() -> None:
    assert np.isnan(Estimate(1.0)[1:]).all()
