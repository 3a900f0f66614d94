"""What can be seen at the end of a quarter, summed by organisation."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sim.core.arrays import Column, Counts, Floats, Integers, Mask, Rows
from sim.core.events import EventLog
from sim.core.groups import grouped, positions_in_runs
from sim.outcomes.outcome import AT_WORK, HUNDRED_YEARS, LEAVERS, Sums, ratio_or_nan
from sim.outcomes.outcomes import LEAVING, OUTCOMES
from sim.people.staff import Departments, Parks, Posts, Staff

FALSE_FLAG = 0.25
"""A flag is called false where the flagged is not among this share of least able people of the ranking group."""

NEW_YEARS = 2
"""Whoever has served less is told of as a newcomer."""
YOUNG_YEARS = 35
"""Whoever is younger is told of as young."""


@dataclass(frozen=True)
class Snapshot:
    """What can be seen at the end of a quarter. `of_study` holds columns for the staff panel alone, shape of the staff.

    `of_new_cities` holds values of shape (replications, new cities), `of_area` of shape (replications,);
    `ability_tenths` are the abilities that a tenth of founders stays below, and that a tenth exceeds; `funds` are those
    of every organisation under the first regime in force, then under the next, and `intrinsic` is one value a regime.
    """

    quarter: int
    quarters_per_year: int
    replications: Counts
    organisations_each: int
    staff: Staff
    posts: Posts
    departments: Departments
    events: EventLog
    parks: Parks
    of_new_cities: dict[str, Floats]
    of_area: dict[str, Floats]
    of_study: dict[str, Floats]
    authorised: Floats
    operators_replaced: Floats
    intrinsic: Floats
    ability_tenths: tuple[float, float]
    funds: Floats
    search_cost: float

    @property
    def organisations(self) -> int:
        return self.organisations_each * self.replications.size


EVENTS = tuple(dict.fromkeys(event for one in OUTCOMES.values() for event in one.of.events))
"""The events that are counted."""
COLUMNS_OF_WORK = tuple(
    dict.fromkeys(name for one in OUTCOMES.values() if one.of.work for name in one.of.columns)
)
"""Columns summed over the people who worked the quarter."""
COLUMNS_AT_WORK = tuple(
    name for one in OUTCOMES.values() if one.of.over == AT_WORK for name in one.of.columns
)
"""Columns summed over the people at work at the quarter's end."""


def sums(scene: Snapshot) -> Sums:
    """Everything that outcomes are made of, summed by organisation: arrays of shape (organisations,).

    What comes of work counts everybody who worked the quarter, also those who left at its end; stocks count whoever
    is there at its end. Nobody changes organisation, so both belong to one.
    """
    staff, number = scene.staff, scene.organisations
    at_work, worked = staff.at_work, staff.worked
    organisation = staff.organisation.astype(np.intp)

    def total_over(mask: Mask) -> Callable[[Column], Floats]:
        rows = np.flatnonzero(mask)
        own = organisation.take(rows)
        return lambda values: np.bincount(own, weights=values.take(rows), minlength=number)

    def people(mask: Mask) -> Floats:
        return np.bincount(organisation[mask], minlength=number).astype(float)

    total, total_at_work = total_over(worked), total_over(at_work)
    found: Sums = {name: total(staff[name]) for name in COLUMNS_OF_WORK}
    near = staff.near_target * (worked & (scene.quarter % scene.quarters_per_year == 0))
    found |= {"just_met": people(near == 1), "just_missed": people(near == -1)}
    for name in COLUMNS_AT_WORK:
        found[name] = total_at_work(staff[name])
    stayers = at_work & (staff.hired_quarter < scene.quarter)
    found["ability_stayers"] = total_over(stayers)(staff.ability)
    found["stayers"] = people(stayers)
    pay, contribution = staff.pay, staff.contribution
    found |= {
        "help": total(np.maximum(staff.helping, 0.0)),
        "sabotage": total(np.maximum(-staff.helping, 0.0)),
        "projects_met": people(worked & (staff.project_choice >= 0)),
        "projects_tried": people(worked & (staff.project_choice == 1)),
        "pay_at_work": total(pay),
        "pay_squared": total(pay * pay),
        "pay_contribution": total(pay * contribution),
        "contribution_squared": total(contribution * contribution),
        "wages": np.bincount(organisation, weights=pay, minlength=number),
        "at_work": people(at_work),
        "worked": people(worked),
        "reservoir": people(staff.in_reservoir),
        "learning": total(1 - staff.ramp),
    }
    under = [worked & (staff.regime == one) for one in range(scene.intrinsic.size)]
    found["intrinsic"] = sum(
        (effort * people(who) for effort, who in zip(scene.intrinsic, under, strict=True)), np.zeros(number)
    )
    found |= _places(scene) | _posts(scene) | _event_sums(scene) | _resigned_by_life(scene)
    return found | stock_and_flow(scene)


def _posts(scene: Snapshot) -> Sums:
    """Posts, vacant ones, and the authorised headcount with leaders' posts, by organisation."""
    posts, number = scene.posts, scene.organisations

    def count(which: Mask) -> Floats:
        return np.bincount(posts.organisation[which], minlength=number).astype(float)

    return {
        "posts": count(posts.kept),
        "vacancies": count(posts.vacant_since >= 0),
        "authorised_posts": scene.authorised + count(posts.leader),
    }


def stock_and_flow(scene: Snapshot) -> Sums:
    """People employed, hired and gone, by organisation: what the books ask for every quarter."""
    employed = scene.staff.organisation[scene.staff.employed]
    headcount = np.bincount(employed, minlength=scene.organisations).astype(float)
    leavers = (count_event(scene, name) for name in LEAVING)
    return {
        "headcount": headcount,
        HUNDRED_YEARS: headcount / (100.0 * scene.quarters_per_year),
        "hired": count_event(scene, "hired"),
        LEAVERS: sum(leavers, np.zeros(scene.organisations)),
    }


def count_event(scene: Snapshot, name: str, weights: Floats | None = None) -> Floats:
    """The quarter's events of one kind by organisation, each counted once or by its weight."""
    where = scene.events.of(name, "organisation").astype(np.int64)
    return np.bincount(where, weights=weights, minlength=scene.organisations).astype(float)


def _places(scene: Snapshot) -> Sums:
    """Open departments, authorised headcount and parks, by organisation."""
    departments, parks, number = scene.departments, scene.parks, scene.organisations

    def of_parks(values: Column) -> Floats:
        return np.bincount(parks.organisation, weights=values, minlength=number)

    return {
        "departments": np.bincount(departments.organisation[departments.open], minlength=number).astype(
            float
        ),
        "authorised": np.array(scene.authorised),  # the state moves it in place
        "operators_replaced": np.array(scene.operators_replaced),
        "parks": of_parks(np.ones(parks.size)),
        "park_result": of_parks(parks.result),
        "park_shortfall": of_parks(parks.promise + parks.difficulty - parks.result),
        "park_pay": of_parks(parks.pay),
    }


def _event_sums(scene: Snapshot) -> Sums:
    """Counts of the quarter's events by organisation, and what the flagged, the leavers and the hired are like."""
    number, events = scene.organisations, scene.events

    def count(name: str, weights: Floats | None = None) -> Floats:
        return count_event(scene, name, weights)

    found = {name: count(name) for name in EVENTS}
    share = events.of("flagged", "ability_rank_share")
    found["false_flags"] = count("flagged", (share > FALSE_FLAG).astype(float))
    found["flagged_above_median"] = count("flagged", (share > 0.5).astype(float))
    found["search"] = found["hired"] * scene.search_cost
    found["severance"] = sum(
        (count(name, events.of(name, "severance")) for name in LEAVING), np.zeros(number)
    )
    found["ability_left"] = sum(
        (count(name, events.of(name, "ability")) for name in LEAVING), np.zeros(number)
    )
    resigned = events.of("resigned", "ability")
    low, high = scene.ability_tenths
    found["resigned_least_able"] = count("resigned", (resigned < low).astype(float))
    found["resigned_ablest"] = count("resigned", (resigned > high).astype(float))
    found["ability_resigned"] = count("resigned", events.of("resigned", "ability"))
    found["stay"] = count("returned", events.of("returned", "stay").astype(float))
    return found | _hired(scene)


def _hired(scene: Snapshot) -> Sums:
    """Ability and age of the quarter's hires, and who came to a post of a department above rank 1, and how."""
    events = scene.events
    ability, age = events.of("hired", "ability"), events.of("hired", "age_quarters")
    above = (events.of("hired", "rank") > 1) & (events.of("hired", "department") >= 0)
    found = {
        "ability_hired": count_event(scene, "hired", ability),
        "ability_hired_squared": count_event(scene, "hired", ability**2),
        "age_hired": count_event(scene, "hired", age / scene.quarters_per_year),
        "hired_above": count_event(scene, "hired", above.astype(float)),
    }
    return found | {"filled_above": found["hired_above"] + count_event(scene, "promoted")}


def _resigned_by_life(scene: Snapshot) -> Sums:
    """Resignations by service and by age, and the hundreds of person-years of those employed likewise."""
    staff, events, year = scene.staff, scene.events, scene.quarters_per_year
    found: Sums = {}
    for column, bound, below, above in (
        ("service_quarters", NEW_YEARS * year, "new", "settled"),
        ("age_quarters", YOUNG_YEARS * year, "young", "older"),
    ):
        left, there = events.of("resigned", column) < bound, staff[column] < bound
        for group, gone, here in ((below, left, there), (above, ~left, ~there)):
            employed = staff.organisation[np.asarray(staff.employed & here)]
            people = np.bincount(employed, minlength=scene.organisations)
            found[f"resigned_{group}"] = count_event(scene, "resigned", gone.astype(float))
            found[f"years_{group}"] = people / (100.0 * year)
    return found


def gini(pay: Floats, ascending: Rows, group: Integers, groups: int) -> Floats:
    """Gini coefficient of non-negative pay in every group; NaN for an empty one. `ascending` orders the pay."""
    order = grouped(group, ascending)
    place = positions_in_runs(group[order]) + 1
    people = np.bincount(group, minlength=groups).astype(float)
    total = np.bincount(group, weights=pay, minlength=groups)
    weighted = np.bincount(group[order], weights=place * pay[order], minlength=groups)
    return ratio_or_nan(2 * weighted, people * total) - ratio_or_nan(people + 1, people)
