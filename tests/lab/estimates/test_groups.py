"""Groups side by side: shares, rates, impact ratios and their intervals, in tables and reports."""

import numpy as np
import pandas
import pytest

import sim
from sim.lab.estimates.groups import Counts, _interval, _measures, _names, groups_side_by_side

SMALL = {
    "structure.area_level.departments": 3,
    "structure.new_cities.departments": 10,
    "structure.department_size.mean": 8,
    "world.leaders_per_organisation": 2,
    "horizon.quarters": 16,
    "replications": 6,
}
TWO = {"men": {"share": 0.5}, "women": {"share": 0.5, "rating_bias": -0.6}}
STRICT = {"regime.adjustment.triggers.last_in_department.in_a_row": 1}


def both(**more):
    """The baseline and a regime that flags, of a place with two groups."""
    place = SMALL | {"world.people.groups": TWO} | more
    return [
        sim.load("scenarios/civil_service.yaml", set=place),
        sim.load("scenarios/four_systems.yaml", set=place | STRICT),
    ]


def counts(*replications):
    """Two groups, people, promotions, flags and people on ranks 1 and 2 of each."""
    names = ("people", "promoted", "flagged", "rank_1", "rank_2")
    return Counts(("men", "women"), names, np.array(replications, dtype=float), 0.25)


def by_name(of):
    values, _ = _measures(of)
    return {name: values[place].tolist() for place, (name, _) in enumerate(_names(of))}


def test_measures_by_hand():
    """Of 100 people-quarters, or 25 years, of each: 10 and 5 promotions make 40 and 20 in a hundred years."""
    found = by_name(counts([[100, 10, 2, 60, 40], [100, 5, 8, 90, 10]]))
    assert found == {
        "people": [0.5, 0.5],
        "rank_1": [0.4, 0.6],
        "rank_2": [0.8, 0.2],
        "promoted": [40, 20],
        "flagged": [8, 32],
        "impact_promoted": [1, 0.5],
        "impact_flagged": [1, 0.25],
    }


def test_nobody_is_promoted_and_a_rank_is_empty():
    found = by_name(counts([[100, 0, 0, 100, 0], [50, 0, 1, 50, 0]]))
    assert np.isnan(found["rank_2"]).all()
    assert np.isnan(found["impact_promoted"]).all()
    assert np.isnan(found["impact_flagged"][0])
    assert found["impact_flagged"][1] == 0


def test_the_jackknife_of_a_mean_is_its_t_interval():
    """Replications of equal size: the share is the mean of the shares."""
    shares = np.array([0.4, 0.5, 0.45, 0.6])
    of = counts(*([[100 * (1 - one), 1, 1, 50, 50], [100 * one, 1, 1, 50, 50]] for one in shares))
    low, high = _interval(*_measures(of))
    half = 3.182446305 * shares.std(ddof=1) / 2
    assert (low[0, 1], high[0, 1]) == pytest.approx((shares.mean() - half, shares.mean() + half))


@pytest.fixture(scope="module")
def compared():
    return sim.compare(both())


def test_a_group_rated_lower_is_flagged_more_and_impact_is_adverse(compared):
    table = compared.digest.groups.set_index(["scenario", "measure", "group"]).sort_index()
    rate = table.value["four_systems", "flagged"]
    assert rate["women"] > 1.3 * rate["men"]
    assert table.value["four_systems", "impact_flagged", "women"] == pytest.approx(
        rate["men"] / rate["women"]
    )
    assert table.value["four_systems", "impact_flagged", "women"] < 0.8
    assert (table.low.dropna() <= table.value[table.low.notna()] + 1e-12).all()


def test_differences_are_those_of_values(compared):
    table = compared.digest.groups.set_index(["measure", "group"])
    regime, base = (table[table.scenario == name] for name in ("four_systems", "civil_service"))
    told = regime.difference.dropna()
    assert len(told) > 10
    assert np.allclose(told, (regime.value - base.value)[told.index])
    assert base.difference.isna().all()


def test_reports_show_groups_in_both_languages(compared, tmp_path):
    text = compared.report()
    assert "## Groups of people" in text
    assert "| impact ratio of flags | women | ratio |" in text
    assert "## 人员群体" in compared.report(lang="zh")
    run = next(iter(compared.tables.values()))
    assert "| of the people employed | women | share |" in run.report()


def test_a_run_without_groups_says_nothing_of_them():
    run = sim.run(sim.load("scenarios/civil_service.yaml", set=SMALL | {"replications": 2}))
    assert run.groups is None
    assert groups_side_by_side({"it": run}, None, (9, 16)) is None
    assert "Groups of people" not in run.report()


def test_groups_are_stored_and_read_again(tmp_path):
    kept = sim.compare(both(replications=2), out=tmp_path / "a")
    again = sim.open(kept.folder)
    pandas.testing.assert_frame_equal(kept.digest.groups, again.digest.groups, check_dtype=False)
    one, other = (dict(those.tables)["four_systems"].groups for those in (kept, again))
    pandas.testing.assert_frame_equal(one, other, check_dtype=False, check_categorical=False)
    assert "## Groups of people" in again.report()
