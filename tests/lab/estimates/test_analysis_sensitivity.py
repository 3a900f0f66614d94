"""Sensitivity indices of functions whose indices are known."""

import numpy as np
import pytest
from SALib.sample import latin, morris, sobol
from scipy import stats

from sim.core.errors import UserError
from sim.lab.designs.factors import Varied
from sim.lab.estimates.points import by_replication, cube, noise_share
from sim.lab.estimates.sensitivity import sensitivity
from sim.lab.estimates.sensitivity_methods import elementary_effects, problem_of, regression, screening
from sim.lab.results.study import Factor, Study
from tests.lab.studies_fake import study_of

COEFFICIENTS = np.array([3.0, -2.0, 0.0])
G = np.array([0.0, 1.0, 4.5, 9.0])


def ishigami(units):
    x = np.pi * (2.0 * units - 1.0)
    return np.sin(x[:, 0]) + 7.0 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def sobol_g(units):
    return np.prod((np.abs(4.0 * units - 2.0) + G) / (1.0 + G), axis=1)


def linear(units):
    return units @ COEFFICIENTS


def saltelli(of, factors, second_order, **options):
    units = sobol.sample(problem_of(factors), 1024, calc_second_order=second_order, seed=1)
    design = {"kind": "sobol", "second_order": second_order}
    return study_of(units, {"new": {"output_per_post": of}}, design, **options)


def trajectories(of, factors=3, **options):
    units = morris.sample(problem_of(factors), 12, num_levels=4, seed=1)
    return study_of(units, {"new": {"output_per_post": of}}, {"kind": "morris", "levels": 4}, **options)


def hypercube(of, factors=3, points=60, **options):
    units = latin.sample(problem_of(factors), points, seed=1)
    return study_of(units, {"new": {"output_per_post": of}}, {"kind": "latin_hypercube"}, **options)


def column(found, measure, face="value", table="table"):
    rows = getattr(found, table)
    return rows.loc[rows["measure"] == measure, face].to_numpy()


@pytest.fixture(scope="module")
def of_ishigami():
    return sensitivity(saltelli(ishigami, 3, True))


def test_ishigami_has_its_known_shares(of_ishigami):
    """S1 = .3139, .4424, 0 and ST = .5576, .4424, .2437 (Ishigami & Homma 1990; a = 7, b = .1)."""
    assert column(of_ishigami, "S1") == pytest.approx([0.3139, 0.4424, 0.0], abs=0.02)
    assert column(of_ishigami, "ST") == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.02)


def test_intervals_hold_the_truth_and_are_narrow(of_ishigami):
    for measure, truth in (("S1", [0.3139, 0.4424, 0.0]), ("ST", [0.5576, 0.4424, 0.2437])):
        low, high = column(of_ishigami, measure, "low"), column(of_ishigami, measure, "high")
        assert (low < truth).all()
        assert (truth < high).all()
        assert (high - low < 0.25).all()


def test_only_the_first_and_third_of_ishigami_work_together(of_ishigami):
    """ST − S1 of the third is all its share with the first: .2437."""
    pairs = of_ishigami.pairs.set_index(["first", "second"])["value"]
    assert pairs["behaviour.x1", "behaviour.x3"] == pytest.approx(0.2437, abs=0.04)
    assert pairs["behaviour.x1", "behaviour.x2"] == pytest.approx(0.0, abs=0.04)
    assert pairs["behaviour.x2", "behaviour.x3"] == pytest.approx(0.0, abs=0.04)


def test_sobols_g_has_its_known_shares():
    """V_i = 1 / 3 (1 + a_i)²; the variance is the product of 1 + V_i, less 1."""
    parts = 1.0 / (3.0 * (1.0 + G) ** 2)
    variance = np.prod(1.0 + parts) - 1.0
    found = sensitivity(saltelli(sobol_g, 4, False))
    assert column(found, "S1") == pytest.approx(parts / variance, abs=0.03)
    assert column(found, "ST") == pytest.approx(parts / (1.0 + parts) * (variance + 1.0) / variance, abs=0.03)
    assert not len(found.pairs)


def test_the_same_study_has_the_same_intervals():
    study = saltelli(ishigami, 3, False)
    one, other = sensitivity(study), sensitivity(study)
    assert one.table.equals(other.table)
    again = trajectories(ishigami)
    assert sensitivity(again).table.equals(sensitivity(again).table)


def test_screening_of_a_linear_function_gives_its_coefficients():
    found = sensitivity(trajectories(linear))
    assert column(found, "mu") == pytest.approx(COEFFICIENTS)
    assert column(found, "mu_star") == pytest.approx(np.abs(COEFFICIENTS))
    assert column(found, "sigma") == pytest.approx([0.0, 0.0, 0.0], abs=1e-9)
    assert column(found, "mu", "low") == pytest.approx(COEFFICIENTS)


def test_screening_sees_what_only_acts_together():
    """Of x1·x2 the elementary effects of x1 are the values of x2: 0, 1/3, 2/3 or 1."""
    study = trajectories(lambda units: units[:, 0] * units[:, 1])
    effects = elementary_effects(cube(study), study.units[:, 0] * study.units[:, 1])
    thirds = 3.0 * effects[:, 0]
    assert thirds == pytest.approx(np.round(thirds))
    assert effects[:, 2] == pytest.approx(0.0)
    found = sensitivity(study)
    assert column(found, "mu_star") == pytest.approx(np.abs(effects).mean(axis=0))
    assert column(found, "sigma") == pytest.approx(effects.std(axis=0, ddof=1))
    assert column(found, "sigma")[0] > 0.1
    assert column(found, "sigma", "low")[0] < column(found, "sigma")[0] < column(found, "sigma", "high")[0]


def test_regression_of_a_linear_function_finds_it():
    """Standardised coefficients of independent factors are shares: their squares add up to R² = 1."""
    found = sensitivity(hypercube(linear, points=400))
    expected = COEFFICIENTS / np.sqrt((COEFFICIENTS**2).sum())
    assert column(found, "src") == pytest.approx(expected, abs=0.05)
    assert found.quality["r2"][0] == pytest.approx(1.0)
    assert column(found, "prcc")[0] > 0.9
    assert column(found, "prcc")[1] < -0.9
    assert abs(column(found, "prcc")[2]) < 0.2


def test_partial_rank_correlation_is_that_of_what_is_left():
    """Ranks of one factor and of the value, each less its regression on the ranks of the others."""
    random = np.random.default_rng(3)
    places = random.random((50, 3))
    values = places @ [1.0, -0.5, 0.2] + 0.3 * random.normal(size=50)
    ranks, ranked = stats.rankdata(places, axis=0), stats.rankdata(values)
    others = np.column_stack([np.ones(50), ranks[:, 1:]])
    left = [side - others @ np.linalg.lstsq(others, side, rcond=None)[0] for side in (ranks[:, 0], ranked)]
    expected = stats.pearsonr(*left).statistic
    value, low, high = (column[0] for column in regression(places, values)[0]["prcc"])
    assert value == pytest.approx(expected)
    assert np.arctanh(high) - np.arctanh(value) == pytest.approx(1.959964 / np.sqrt(50 - 2 - 3))
    assert low < value < high


def test_regression_intervals_cover_a_factor_without_effect():
    """60 studies, a factor that does nothing: 95 % of the intervals hold 0; fewer than 50 once in 10⁴ times."""
    held = 0
    for seed in range(60):
        units = np.random.default_rng(seed).random((40, 2))
        noise = np.random.default_rng(1000 + seed).normal(size=40)
        study = study_of(
            units, {"new": {"output_per_post": lambda u, e=noise: u[:, 0] + e}}, {"kind": "latin_hypercube"}
        )
        found = sensitivity(study)
        held += column(found, "prcc", "low")[1] < 0 < column(found, "prcc", "high")[1]
    assert 50 <= held <= 60


def test_a_function_that_acts_both_ways_leaves_the_regression_with_nothing():
    found = sensitivity(hypercube(lambda units: (units[:, 0] - 0.5) ** 2, points=200))
    assert found.quality["r2"][0] < 0.1
    assert "poor summary" in found.paragraph()


def test_luck_of_the_replications_is_told():
    """Points vary with variance 1/12; noise of SD .5 over 4 replications adds .0625: 43 % of both.

    With 2,000 points the share has a standard error of .013; a false alarm once in 10⁴.
    """
    found = sensitivity(hypercube(lambda units: units[:, 0], points=2000, replications=4, noise=0.5))
    assert found.quality["noise_share"][0] == pytest.approx(0.0625 / (1 / 12 + 0.0625), abs=0.05)
    assert "more replications" in found.paragraph()


def test_what_a_replication_adds_to_all_points_is_no_noise():
    points, luck = np.arange(6.0)[:, None], np.random.default_rng(1).normal(size=5)
    assert noise_share(points + luck) == pytest.approx(0.0, abs=1e-12)
    assert np.isnan(noise_share(points))


def test_without_a_baseline_levels_are_analysed():
    found = sensitivity(trajectories(linear, baseline=None))
    assert column(found, "mu") == pytest.approx(COEFFICIENTS)
    assert "True output per post under new depends most on behaviour · x1" in found.paragraph()


def test_screening_and_shares_of_variance_refuse_a_point_that_failed():
    with pytest.raises(UserError, match="morris needs every point, and 2 failed") as raised:
        sensitivity(trajectories(linear, failed=(3, 7)))
    lines = str(raised.value).splitlines()
    assert lines[1:] == [
        "point 3: new failed in quarter: overflow",
        "point 7: new failed in quarter: overflow",
    ]
    with pytest.raises(UserError, match="point 5"):
        sensitivity(saltelli(ishigami, 3, False, failed=(5,)))


def test_regression_leaves_out_a_point_that_failed_and_says_so():
    found = sensitivity(hypercube(linear, failed=(4, 9)))
    assert found.left_out == (4, 9)
    assert found.points == 58
    assert found.quality["points"][0] == 58
    assert "Left out because they failed: 2 points (4, 9)." in found.paragraph()


def test_what_never_differs_and_what_is_missing_is_not_analysed():
    units = latin.sample(problem_of(2), 20, seed=1)
    effects = {
        "output_per_post": lambda u: u[:, 0],
        "morale": lambda u: np.zeros(len(u)),
        "cost_per_output": lambda u: np.where(u[:, 0] > 0.5, np.nan, 1.0),
    }
    found = sensitivity(study_of(units, {"new": effects}, {"kind": "latin_hypercube"}))
    assert list(found.quality["status"]) == ["analysed", "constant", "undefined"]
    assert set(found.table["outcome"]) == {"output_per_post"}


def test_listed_values_have_places_in_the_cube():
    study = hypercube(linear, factors=3)
    names = ["low", "middle", "high"]
    points = study.points.assign(**{"behaviour.x1": [names[place % 3] for place in range(60)]})
    units = study.units.copy()
    units[:, 0] = np.nan
    listed = Factor("behaviour.x1", "lever", values=tuple(names))
    changed = Study(points, units, study.runs, study.failures, (listed, *study.factors[1:]), study.manifest)
    assert cube(changed)[:3, 0].tolist() == [0.0, 0.5, 1.0]
    assert column(sensitivity(changed), "prcc")[1] < -0.5


def test_what_cannot_be_analysed_is_refused():
    units, known = latin.sample(problem_of(2), 20, seed=1), {"new": {"morale": lambda u: u[:, 0]}}
    with pytest.raises(UserError, match="did you mean morale"):
        sensitivity(study_of(units, known, {"kind": "latin_hypercube"}), ["moral"])
    with pytest.raises(UserError, match="at least 7"):
        sensitivity(hypercube(linear, points=6))
    cut = trajectories(linear).units[:-1]
    with pytest.raises(UserError, match="not at least two whole blocks of 4"):
        sensitivity(study_of(cut, known, {"kind": "morris", "levels": 4}))
    with pytest.raises(UserError, match="attribute"):
        sensitivity(study_of(np.eye(3), known, {"kind": "coalitions"}))


def test_effects_at_points_are_the_paired_ones():
    study = hypercube(linear, points=20, replications=3, noise=0.2, failed=(4,))
    wide = by_replication(study, "output_per_post", "new")
    paired = study.paired("output_per_post").set_index(["point", "replication"])["effect"]
    assert wide.index.tolist() == list(range(20))
    assert wide.loc[4].isna().all()
    assert len(paired) == 57
    assert [wide.loc[point, replication] for point, replication in paired.index] == pytest.approx(
        paired.tolist()
    )


def stepped(study, factors):
    """The study with other factors, whose values at the points are those the engine would have set."""
    points = study.points.copy()
    for place, one in enumerate(factors):
        points[one.name] = [Varied(one, ()).value(float(unit)) for unit in study.units[:, place]]
    return Study(points, study.units, study.runs, study.failures, tuple(factors), study.manifest)


def test_screening_of_steps_is_the_change_over_the_whole_range():
    """Morris's design moves a factor by 2/3 of its range, but 0 ... 4 by 3 of 4 values and two values by all of them.

    The value is 4 over the whole numbers' range and 1 from the first listed value to the second, whatever the grid.
    """
    units = morris.sample(problem_of(3), 10, num_levels=4, seed=1)
    quarters = Factor("behaviour.x1", "uncertainty", 0, 4, whole=True)
    either = Factor("behaviour.x2", "lever", values=("no", "yes"))

    def steps(places):
        return np.minimum(np.floor(places[:, 0] * 5), 4) + (places[:, 1] >= 0.5) + 2.0 * places[:, 2]

    study = study_of(units, {"new": {"output_per_post": steps}}, {"kind": "morris", "levels": 4})
    found = sensitivity(stepped(study, (quarters, either, study.factors[2])))
    assert column(found, "mu") == pytest.approx([4.0, 1.0, 2.0])
    assert column(found, "mu_star") == pytest.approx([4.0, 1.0, 2.0])
    assert column(found, "sigma") == pytest.approx([0.0, 0.0, 0.0], abs=1e-9)


def test_regression_takes_steps_for_what_they_are():
    """A value that is a sum of steps and of nothing else is explained in full."""
    units = latin.sample(problem_of(2), 60, seed=1)
    either = Factor("behaviour.x1", "lever", values=("no", "yes"))
    quarters = Factor("behaviour.x2", "uncertainty", 0, 2, whole=True)

    def steps(places):
        return (places[:, 0] >= 0.5) + np.minimum(np.floor(places[:, 1] * 3), 2)

    study = study_of(units, {"new": {"output_per_post": steps}}, {"kind": "latin_hypercube"})
    assert sensitivity(stepped(study, (either, quarters))).quality["r2"][0] == pytest.approx(1.0)


def test_a_grid_of_ranges_is_read_by_its_values():
    """Ranges of a grid have no place in a unit cube; 2·x1 − x2 over a full grid: slopes as 2 to −1, R² 1."""
    places = np.array([[one, other] for one in np.linspace(0, 1, 4) for other in np.linspace(0, 1, 4)])
    study = study_of(
        places, {"new": {"output_per_post": lambda u: 2.0 * u[:, 0] - u[:, 1]}}, {"kind": "grid", "steps": 4}
    )
    gridded = Study(
        study.points, np.full((16, 2), np.nan), study.runs, study.failures, study.factors, study.manifest
    )
    found = sensitivity(gridded)
    assert column(found, "src") == pytest.approx(np.array([2.0, -1.0]) / np.sqrt(5.0))
    assert found.quality["r2"][0] == pytest.approx(1.0)


def test_intervals_of_the_mean_size_cover_it_nearly_as_often_as_they_say():
    """Ten trajectories, t(9). x1·x2 on the grid of 4 levels: effects of x1 are 0, 1/3, 2/3, 1 alike often, mean 1/2.

    400 intervals of two factors, standard error .011: a normal interval from resampling ten has some five points less.
    """
    held = []
    for seed in range(200):
        units = morris.sample(problem_of(2), 10, num_levels=4, seed=seed)
        value, low, high = screening(units, units[:, 0] * units[:, 1])["mu_star"]
        held += ((low <= 0.5) & (high >= 0.5)).tolist()
        assert (low >= 0).all()
        assert (value >= low).all()
    assert 0.915 < np.mean(held) <= 1.0


def sequential(study, fewer):
    """The study without the replications from the third on, at every second point."""
    runs = study.runs
    kept = runs[(runs["point"] % 2 == 0) | (runs["replication"] < fewer)].reset_index(drop=True)
    return Study(study.points, study.units, kept, study.failures, study.factors, study.manifest)


def test_points_with_fewer_replications_than_others_are_analysed():
    """x1 over 2,000 points: variance 1/12; noise of SD .5 over 8 replications at half of them and 2 at the others.

    .25 · (1/8 + 1/2)/2 = .078125 of luck.
    """
    whole = hypercube(lambda units: units[:, 0], points=2000, replications=8, noise=0.5)
    found = sensitivity(sequential(whole, 2))
    assert found.quality["status"][0] == "analysed"
    assert found.quality["replications"][0] == 8
    assert found.quality["noise_share"][0] == pytest.approx(0.078125 / (1 / 12 + 0.078125), abs=0.05)
    assert column(found, "src")[0] > 0.6
