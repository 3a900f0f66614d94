"""What no single number can say: the checks that concern several settings at once."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from sim.core.parameters import Settings
from sim.rules.adjustment import Reservoir
from sim.rules.appraisal import AbsoluteStandard, FourGrades
from sim.rules.floating_pay import ThreePartPay
from sim.rules.posts import DynamicPosts
from sim.scenario.header import Header
from sim.settings.place import Ages, DepartmentSize, Organisation, People, Structure, World
from sim.settings.powers import Channels, Powers
from sim.settings.terms import AREA_LEVEL

Complaint = tuple[str, str]
"""(setting, what is wrong with it)"""

ROUNDING = 1e-6


def complaints(settings: Settings) -> Iterator[Complaint]:
    """Everything wrong among the settings of one object, not of the objects inside it."""
    for check in _checks_of(type(settings)):
        yield from check(settings)


@cache
def _checks_of(kind: type[Settings]) -> list[Any]:
    return [check for checked, check in CHECKS.items() if issubclass(kind, checked)]


def _sums_to_one(shares: dict[str, float]) -> Iterator[Complaint]:
    total = sum(shares.values())
    if abs(total - 1) > ROUNDING:
        names = " + ".join(shares)
        yield list(shares)[-1], f"{names} = {total:.6g}; together they must be 1"


def _shares_of_one(name: str, shares: tuple[float, ...]) -> Iterator[Complaint]:
    total = sum(shares)
    if abs(total - 1) > ROUNDING:
        yield name, f"the shares sum to {total:.6g}; together they must be 1"
    if any(share < 0 for share in shares):
        yield name, "a share is below 0"


def _at_most_one(shares: dict[str, float]) -> Iterator[Complaint]:
    total = sum(shares.values())
    if total > 1 + ROUNDING:
        yield list(shares)[-1], f"{' + '.join(shares)} = {total:.6g}; together they may not exceed 1"


def _picked(settings: Settings, *names: str) -> dict[str, float]:
    return {name: getattr(settings, name) for name in names}


def _check_header(header: Any) -> Iterator[Complaint]:
    last = header.calendar.quarters_per_year
    if not 1 <= int(header.horizon.start.partition("Q")[2]) <= last:
        yield "horizon.start", f"{header.horizon.start} names a quarter that is not between Q1 and Q{last}"


def _check_world(world: Any) -> Iterator[Complaint]:
    names = world.new_cities
    if AREA_LEVEL in names:
        yield "new_cities", f"{AREA_LEVEL} names what is above the new cities; choose another name"
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        yield "new_cities", f"{', '.join(twice)} is named twice"


def _check_people(people: Any) -> Iterator[Complaint]:
    yield from _shares_of_one("last_grades", people.last_grades)
    for name in ("youngest_founder", "oldest_hire"):
        if getattr(people, name) >= people.retirement_age:
            text = f"{getattr(people, name):g} is not below retirement_age {people.retirement_age:g} (years)"
            yield name, text
    if people.oldest_founder <= people.youngest_founder:
        text = f"{people.oldest_founder:g} is not above youngest_founder {people.youngest_founder:g} (years)"
        yield "oldest_founder", text
    for name in ("founder_ages", "hire_ages"):
        ages = getattr(people, name)
        if ages.distribution != "uniform" and ages.youngest >= people.retirement_age:
            text = f"{ages.youngest:g} is not below retirement_age {people.retirement_age:g} (years)"
            yield f"{name}.youngest", text


def _check_ages(ages: Any) -> Iterator[Complaint]:
    if ages.oldest <= ages.youngest:
        yield "oldest", f"{ages.oldest:g} is not above youngest {ages.youngest:g} (years)"


def _check_structure(structure: Any) -> Iterator[Complaint]:
    yield from _shares_of_one("rank_shares", structure.rank_shares)
    if structure.area_level.departments + structure.new_cities.departments == 0:
        yield "area_level.departments", "there is no department at all; area_level or new_cities needs one"


def _check_organisation(organisation: Any) -> Iterator[Complaint]:
    yield from _at_most_one(_picked(organisation, "economic_share", "social_share"))


def _check_size(size: Any) -> Iterator[Complaint]:
    if not size.smallest <= size.mean <= size.largest:
        found = f"smallest {size.smallest}, mean {size.mean:g}, largest {size.largest}"
        yield "mean", f"{found}: the mean must lie between the smallest and the largest (posts)"


def _check_three_part(pay: Any) -> Iterator[Complaint]:
    yield from _sums_to_one(_picked(pay, "quarterly_part", "grade_part", "annual_part"))
    if any(multiplier < 0 for multiplier in pay.grade_multipliers):
        yield "grade_multipliers", "a multiplier is below 0"


def _check_reservoir(reservoir: Any) -> Iterator[Complaint]:
    yield from _at_most_one(_picked(reservoir, "reposted_share", "demoted_share", "dismissed_share"))


def _check_four_grades(grades: Any) -> Iterator[Complaint]:
    yield from _at_most_one(_picked(grades, "excellent_cap", "basic_share", "incompetent_share"))


def _check_absolute(grades: Any) -> Iterator[Complaint]:
    yield from _at_most_one(_picked(grades, "excellent_share", "basic_share", "incompetent_share"))


def _check_dynamic(posts: Any) -> Iterator[Complaint]:
    total = sum(posts.weights)
    if abs(total - 1) > ROUNDING or any(weight < 0 for weight in posts.weights):
        yield "weights", f"the weights are {posts.weights}: none may be below 0, and they must sum to 1"


def _check_channels(channels: Any) -> Iterator[Complaint]:
    total = sum(getattr(channels, name).share for name in Channels.model_fields)
    if abs(total - 1) > ROUNDING:
        yield "online", f"the shares of the four channels sum to {total:.6g}; together they must be 1"


def _check_powers(powers: Any) -> Iterator[Complaint]:
    for part, whole in (
        ("economic_local", "economic_items"),
        ("service_local", "service_items"),
        ("social_area", "social_items"),
        ("social_towns", "social_items"),
    ):
        if getattr(powers, part) > getattr(powers, whole):
            yield part, f"{getattr(powers, part)} is more than {whole} {getattr(powers, whole)} (items)"


CHECKS: dict[type[Settings], Any] = {
    Header: _check_header,
    World: _check_world,
    People: _check_people,
    Ages: _check_ages,
    Structure: _check_structure,
    Organisation: _check_organisation,
    DepartmentSize: _check_size,
    ThreePartPay: _check_three_part,
    Reservoir: _check_reservoir,
    FourGrades: _check_four_grades,
    AbsoluteStandard: _check_absolute,
    DynamicPosts: _check_dynamic,
    Channels: _check_channels,
    Powers: _check_powers,
}
