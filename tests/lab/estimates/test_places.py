"""Effects place by place: which places a timeline reaches, and that their means count them alike."""

import pandas
import pytest

from sim.lab.designs.mixtures import check_same_place
from sim.lab.estimates.in_force import changed_slots, differing_quarters
from sim.lab.estimates.places import effects_by_place, names_places, reached
from sim.lab.results.tables import Tables
from sim.scenario.loader import load

CITIES = ("fengdong", "fengxi")


def scenario(*entries: dict) -> dict:
    return load({"timeline": list(entries)}).resolved()


def entry(quarter: int, **where: object) -> dict:
    return {"quarter": quarter, "where": where, "set": {"regime.posts.kind": "fixed"}}


def test_how_far_a_timeline_reaches_a_place() -> None:
    tried = scenario(
        entry(4, new_cities=["fengdong"]),
        entry(8, department_kinds=["social"], area_level=True),
        entry(12, new_cities=["fengxi"]),
    )
    places = ("fengdong", "fengxi", "airport", "area_level")
    assert [reached(tried, place, 12) for place in places] == ["whole", "no", "no", "part"]
    assert [reached(tried, place, 20) for place in places] == ["whole", "whole", "no", "part"]
    everywhere = scenario({"quarter": 4, "set": {"regime.posts.kind": "fixed"}})
    assert reached(everywhere, "airport", 8) == "whole"
    assert (names_places(tried), names_places(everywhere)) == (True, False)


def run(resolved: dict, values: list[float]) -> Tables:
    """Two replications of one quarter; `values` are those of the first, the second's are by 1 more."""
    rows = [
        {"replication": r, "quarter": 9, "organisation": city, "headcount": 10.0, "morale": value + r}
        for r in (0, 1)
        for city, value in zip(CITIES, values, strict=True)
    ]
    table = pandas.DataFrame(rows)
    return Tables(manifest={"scenario": resolved}, quarters=table, **EMPTY)


EMPTY = {name: pandas.DataFrame() for name in ("area", "departments", "staff", "events")}


def test_each_place_has_its_own_difference_and_the_means_count_places_alike() -> None:
    tables = {
        "base": run(scenario(), [1.0, 2.0]),
        "tried": run(scenario(entry(4, new_cities=["fengdong"])), [4.0, 2.0]),
    }
    found = effects_by_place(tables, "base", "tried", ["morale"], (9, 9)).set_index("place")
    assert found["difference"].to_dict() == pytest.approx(
        {"fengdong": 3.0, "fengxi": 0.0, "reached": 3.0, "others": 0.0}
    )
    assert found["reached"].to_dict() == {"fengdong": "whole", "fengxi": "no", "reached": "", "others": ""}


def test_rules_that_hold_elsewhere_are_other_rules() -> None:
    some = scenario(entry(4, new_cities=["fengdong"]))
    everywhere = scenario({"quarter": 4, "set": {"regime.posts.kind": "fixed"}})
    assert differing_quarters(some, everywhere, 1, 8) == [5, 6, 7, 8]
    assert changed_slots(some, everywhere, (1, 8)) == ["posts"]
    assert differing_quarters(some, scenario(), 1, 8) == [5, 6, 7, 8]
    assert differing_quarters(some, some, 1, 8) == []


def test_what_is_set_everywhere_ends_what_held_in_some_places() -> None:
    general = {"quarter": 6, "set": {"regime.posts.kind": "fixed"}}
    some, none = scenario(entry(4, new_cities=["fengdong"]), general), scenario(general)
    assert differing_quarters(some, none, 1, 8) == [5, 6]
    assert changed_slots(some, none, (7, 8)) == []


def test_parts_of_regimes_that_hold_in_some_places_are_not_mixed() -> None:
    some, none = (
        load({"timeline": [entry(4, new_cities=["fengdong"])], "name": "some"}),
        load({"name": "none"}),
    )
    (trouble,) = check_same_place(none, some)
    assert trouble.startswith("the timeline of some says where its rules hold")
