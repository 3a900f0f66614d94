"""Several regimes in one area: who is under which, what stays within a regime, and what is as if there were none."""

from functools import cache

import numpy as np
import pandas
import pytest

from sim.core.errors import UserError
from sim.model import NewAreaModel
from sim.model.governing import departments_in
from sim.scenario.loader import load
from sim.scenario.schema import Scenario
from sim.scenario.where import Where
from sim.settings.terms import Kind

FOUR_SYSTEMS = load("scenarios/four_systems.yaml")
PILOT = ("fengdong", "qinhan")
OUTSIDE = ("fengxi", "airport", "jinghe", "area_level")
OF_AREA = ("service_quality", "user_cost", "experience_kept", "social_transferred")
"""One number for the whole area, shown in every organisation's row."""
OF_NEW_CITIES = ("growth", "load", "municipal_rank", "turnaround_economic", "turnaround_service")
OF_NEW_CITIES += ("service_quality_economic", "service_quality_service")
"""Of which the area level's row shows the mean of the new cities."""


def scenario_with(name: str, *entries: dict, **changed: object) -> Scenario:
    """A shipped scenario with more entries on its timeline."""
    settings = {key.replace("__", "."): value for key, value in changed.items()}
    return load({"extends": f"scenarios/{name}.yaml", "timeline": list(entries)}, set=settings)


def run(scenario: Scenario | str, quarters: int, replications: tuple[int, ...] = (0, 1)) -> NewAreaModel:
    model = NewAreaModel(scenario, replications=replications)
    for _ in range(quarters):
        model.step()
    return model


@cache
def pilot() -> NewAreaModel:
    return run(load("scenarios/pilot_two_cities.yaml"), 14)


@cache
def baseline() -> NewAreaModel:
    return run(load("scenarios/civil_service.yaml"), 14)


def rows(table: pandas.DataFrame, organisations: tuple[str, ...], without: tuple[str, ...] = ()) -> bytes:
    """The rows of some organisations, as bytes."""
    kept = table[table["organisation"].isin(organisations)].drop(columns=["organisation", *without])
    return kept.to_csv(index=False).encode()


def test_places_never_reformed_are_the_baseline_to_the_bit() -> None:
    treated, plain = pilot().tables(), baseline().tables()
    without = (*OF_AREA, *OF_NEW_CITIES)
    assert rows(treated["quarters"], OUTSIDE, without) == rows(plain["quarters"], OUTSIDE, without)
    cities = tuple(name for name in OUTSIDE if name != "area_level")
    assert rows(treated["quarters"], cities, OF_AREA) == rows(plain["quarters"], cities, OF_AREA)
    assert rows(treated["staff"], OUTSIDE) == rows(plain["staff"], OUTSIDE)


def test_the_quarters_before_are_the_baseline_to_the_bit_and_those_after_are_not() -> None:
    treated, plain = (model.tables()["quarters"] for model in (pilot(), baseline()))
    early = rows(treated[treated["quarter"] <= 8], PILOT), rows(plain[plain["quarter"] <= 8], PILOT)
    assert early[0] == early[1]
    late = rows(treated[treated["quarter"] == 9], PILOT), rows(plain[plain["quarter"] == 9], PILOT)
    assert late[0] != late[1]


def test_the_pilot_puts_the_four_systems_in_force_where_it_says() -> None:
    state = pilot().state
    assert load("scenarios/pilot_two_cities.yaml").at(9).regimes == (
        load("scenarios/civil_service.yaml").regime,
        FOUR_SYSTEMS.at(9).regime,
    )
    names = np.array([*state.world.new_cities, "area_level"])[state.staff.organisation % 6]
    assert ((state.staff.regime == 1) == np.isin(names, PILOT)).all()
    employed = state.staff.employed & ~state.staff.leader
    assert (state.staff.contract[employed] == (state.staff.regime == 1)[employed]).all()


def test_a_regime_everywhere_by_name_is_one_without_where_to_the_bit() -> None:
    entry = load("scenarios/pilot_two_cities.yaml").resolved()["timeline"][0]
    everywhere = {"new_cities": list(FOUR_SYSTEMS.world.new_cities), "area_level": True}
    named = run(scenario_with("civil_service", entry | {"where": everywhere}), 12)
    unnamed = run(FOUR_SYSTEMS, 12)
    for name, table in unnamed.tables().items():
        assert named.tables()[name].equals(table), name


NOTHING = {"regime.adjustment.expected_flag_share": 0.2}
"""People ask for it under pooled selection only."""
APART = {
    "regime.floating_pay.own_growth_link": 0.0,
    "regime.adjustment.triggers.bottom_managers": None,
    "behaviour.hiring.sorting": 0.0,
}
"""Without contests between organisations, and without applicants whom the mean of all floating pay attracts."""


@pytest.mark.parametrize("where", [{"area_level": True}, {"new_cities": ["fengxi", "jinghe"]}])
def test_a_regime_that_differs_in_nothing_that_acts_changes_nothing(where: dict) -> None:
    """Every sum, ranking and table comes out alike whether one regime or two are in force."""
    one = FOUR_SYSTEMS.with_(**APART)
    entry = {"quarter": 9, "where": where, "set": NOTHING}
    two = load(one.resolved() | {"timeline": [*one.resolved()["timeline"], entry]})
    assert len(two.at(10).regimes) == 2
    expected, tables = run(one, 18).tables(), run(two, 18).tables()
    in_order = ["replication", "quarter", "event", "person"]
    for of in (expected, tables):  # a quarter's events are logged regime by regime
        of["events"] = of["events"].sort_values(in_order).reset_index(drop=True)
    for name, table in tables.items():
        assert table.equals(expected[name]), name


def test_a_ranking_of_managers_stays_within_a_regime() -> None:
    entry = {
        "quarter": 1,
        "where": {"new_cities": ["fengdong"]},
        "set": {
            "regime.adjustment.triggers": {"back": {"kind": "bottom_managers", "share": 0.5, "in_a_row": 1}}
        },
    }
    model = run(scenario_with("civil_service", entry, record=["events"]), 8, (0,))
    flags = model.tables()["events"].query("event == 'flagged' and trigger == 'back'")
    assert set(flags["organisation"]) == {"fengdong"}
    assert flags.groupby("quarter").size().min() >= 4  # half of one city's managers, not of the area's


def test_a_drawn_share_of_departments_is_whole_and_keeps_its_luck() -> None:
    entry = {"quarter": 4, "where": {"departments_share": 0.3}, "set": {"regime.posts.kind": "fixed"}}
    first = run(scenario_with("civil_service", entry), 5, (0, 1, 2))
    alone = run(scenario_with("civil_service", entry | {"quarter": 2}, regime__ranks__kind="flat"), 3, (1,))
    departments = first.state.departments
    drawn = [
        departments.number[(departments.replication == r) & (departments.regime == 1)].tolist()
        for r in (0, 1, 2)
    ]
    each = int((departments.replication == 0).sum())
    assert [len(numbers) for numbers in drawn] == [int(0.3 * each + 0.5)] * 3
    assert drawn[0] != drawn[1] != drawn[2]
    assert alone.state.departments.number[alone.state.departments.regime == 1].tolist() == drawn[1]
    by_number = departments_in(first.state, Where(departments_share=0.3, drawn=False))
    assert departments.number[by_number].max() == len(drawn[0]) - 1


def test_all_conditions_of_a_where_must_hold() -> None:
    state = baseline().state
    meant = departments_in(
        state, Where(new_cities=("airport",), area_level=True, department_kinds=("social",))
    )
    names = np.array([*state.world.new_cities, "area_level"])[state.departments.organisation % 6]
    union = np.isin(names, ["airport", "area_level"])
    assert meant.any()
    assert (meant == (union & (state.departments.kind == Kind.SOCIAL))).all()


def test_later_entries_override_earlier_ones_where_they_overlap() -> None:
    first = {"quarter": 2, "where": {"new_cities": ["fengdong"]}, "set": {"regime.posts.kind": "fixed"}}
    second = {"quarter": 4, "set": {"regime.ranks.years_in_rank": 5.0}}
    third = {
        "quarter": 6,
        "where": {"new_cities": ["fengdong", "qinhan"]},
        "set": {"regime.posts.kind": "dynamic"},
    }
    scenario = scenario_with("civil_service", first, second, third)
    said = [
        {(regime.posts.kind, regime.ranks.years_in_rank) for regime in scenario.at(quarter).regimes}
        for quarter in (3, 5, 7)
    ]
    assert said == [
        {("open", 2.0), ("fixed", 2.0)},
        {("open", 5.0), ("fixed", 5.0)},
        {("open", 5.0), ("dynamic", 5.0)},
    ]
    state = run(scenario, 8).state
    assert len(state.regimes) == 2  # two cities under equal rules are under one regime
    assert max(run(scenario, 12).residuals.values()) < 1e-9


def test_an_override_speaks_of_the_policy_wherever_it_is_tried() -> None:
    rollout = load("scenarios/pilot_two_cities.yaml", set={"regime.floating_pay.floating_share": 0.2})
    assert [one.floating_pay.share_in_force for one in rollout.at(9).regimes] == [0.0, 0.2]
    again = (
        rollout.with_(regime__floating_pay__floating_share=0.1)
        if False
        else rollout.with_(**{"regime.floating_pay.floating_share": 0.1})
    )
    assert [one.floating_pay.share_in_force for one in again.at(9).regimes] == [0.0, 0.1]


def test_a_scenario_with_places_is_written_out_and_read_back() -> None:
    scenario = load("scenarios/pilot_two_cities.yaml")
    again = load(scenario.resolved())
    assert again == scenario
    assert again.at(9).regimes == scenario.at(9).regimes


WRONG = {
    "an unknown place": (
        [{"quarter": 8, "where": {"new_cities": ["fengdon"]}, "set": {}}],
        'there is no new city "fengdon"; new cities are fengdong, .*; did you mean fengdong?',
    ),
    "an unknown kind": (
        [{"quarter": 8, "where": {"department_kinds": ["park"]}, "set": {}}],
        'department_kinds = "park" is not one of its choices: economic, social, administrative or operator',
    ),
    "an unknown key": (
        [{"quarter": 8, "where": {"new_city": ["fengdong"]}, "set": {}}],
        "timeline.where.new_city is not a setting; did you mean new_cities?",
    ),
    "nothing meant": (
        [{"quarter": 8, "where": {"area_level": True, "departments_share": 0.01}, "set": {}}],
        "means none of the departments there are",
    ),
    "no place": ([{"quarter": 8, "where": {}, "set": {}}], "timeline.where names no place; leave it out"),
    "no places": ([{"quarter": 8, "where": "fengdong", "set": {}}], "timeline.where is not places"),
    "a share above 1": (
        [{"quarter": 8, "where": {"departments_share": 1.2}, "set": {}}],
        "departments_share = 1.2 is above the largest allowed value 1",
    ),
    "no share": (
        [{"quarter": 8, "where": {"departments_share": 0}, "set": {}}],
        "departments_share = 0 is not above 0",
    ),
    "nothing to draw": (
        [{"quarter": 8, "where": {"new_cities": ["fengdong"], "drawn": True}, "set": {}}],
        "there is nothing to draw",
    ),
    "a city twice": (
        [{"quarter": 8, "where": {"new_cities": ["fengdong", "fengdong"]}, "set": {}}],
        "fengdong is named twice",
    ),
    "an overlap": (
        [
            {"quarter": 8, "where": {"new_cities": ["fengdong"]}, "set": {"regime.posts.kind": "fixed"}},
            {"quarter": 8, "where": {"department_kinds": ["social"]}, "set": {"regime.posts.kind": "open"}},
        ],
        r"two entries for quarter 8 overlap, for instance in fengdong \(social\)",
    ),
    "behaviour": (
        [{"quarter": 8, "where": {"area_level": True}, "set": {"behaviour.effort.response": 0.5}}],
        "it is one for the whole area; an entry with `where` changes the regime only",
    ),
}


@pytest.mark.parametrize(("entries", "told"), WRONG.values(), ids=WRONG)
def test_a_wrong_where_is_told(entries: list[dict], told: str) -> None:
    with pytest.raises(UserError, match=told.replace("?", r"\?")):
        scenario_with("civil_service", *entries)


def test_two_entries_of_one_quarter_for_different_places_are_fine() -> None:
    entries = [
        {"quarter": 8, "where": {"new_cities": [city]}, "set": {"regime.ranks.years_in_rank": years}}
        for city, years in (("fengdong", 3.0), ("qinhan", 4.0))
    ]
    scenario = scenario_with("civil_service", *entries)
    assert {one.ranks.years_in_rank for one in scenario.at(9).regimes} == {2.0, 3.0, 4.0}
    assert load(scenario.resolved()) == scenario


def test_what_came_first_stays_also_where_nothing_is_left_of_the_founding_regime() -> None:
    cities = list(FOUR_SYSTEMS.world.new_cities)
    first = {"regime.ranks.years_in_rank": 3.0}
    entries = [
        {"quarter": 2, "where": {"area_level": True}, "set": first},
        {"quarter": 4, "where": {"new_cities": cities}, "set": {"regime.ranks.years_in_rank": 4.0}},
        {"quarter": 6, "where": {"area_level": True}, "set": {"regime.ranks.demotion": False}},
    ]
    reached = scenario_with("civil_service", *entries).at(7).regimes
    assert {(one.ranks.years_in_rank, one.ranks.demotion) for one in reached} == {(3.0, False), (4.0, True)}


def test_leaders_who_come_under_new_salaries_alone_keep_their_scale() -> None:
    kinds = {"department_kinds": ["economic", "social", "administrative"]}
    salaries = {"regime.salaries.kind": "post_and_rank", "regime.salaries.wage_bill": "equal"}
    entries = [
        {"quarter": 1, "where": {"area_level": True, **kinds}, "set": {"regime.ranks.years_in_rank": 3.0}},
        {"quarter": 2, "where": {"area_level": True}, "set": salaries},
    ]
    scenario = scenario_with("civil_service", *entries, world__leaders_per_organisation=1)
    model = run(scenario, 2)
    before = model.state.leader_scale.copy()
    model.step()
    assert (model.state.leader_scale == before).all()


def test_a_rollout_brings_the_four_systems_to_one_city_after_another() -> None:
    rollout, policy = load("scenarios/staggered_rollout.yaml"), FOUR_SYSTEMS.at(9).regime
    assert rollout.changes == (8, 10, 12, 14)
    baseline_rules = load("scenarios/civil_service.yaml").regime
    assert all(rollout.at(quarter + 1).regimes == (baseline_rules, policy) for quarter in rollout.changes)
    cities = [change.entries[0].where.new_cities for change in rollout.timeline if change.entries[0].where]
    assert [one for (one,) in cities] == list(rollout.world.new_cities[:4])
    state = run(rollout, 11, (0,)).state
    employed = state.staff.employed
    assert set(state.staff.organisation[employed & (state.staff.regime == 1)]) == {0, 1}
    scale = [set(state.staff.scale[employed & (state.staff.organisation == city)]) for city in (0, 1)]
    assert [len(values) for values in scale] == [1, 1]
    assert scale[0] != scale[1]  # each city's own wage bill was kept when it came
