"""What founders of a roster have behind them: as it says; what it leaves open is drawn by the person's key."""

import numpy as np

from sim.core.arrays import Counts, Floats, Integers, NamedColumns, Streams
from sim.people.people import Population
from sim.people.roster import START_OF_WORK, UNKNOWN, Roster
from sim.settings.terms import Grade

MISSING = -1


def lives(population: Population, roster: Roster, number: Integers, stream: Streams) -> NamedColumns:
    """Age, times, last grade, pay and status of the founders of the posts `number`; times are cut to whole quarters.

    Args:
        number: of posts within their replication, one a founder.
        stream: of the founders, from which the unknown is drawn.
    """
    year = population.quarters_per_year
    age, service, in_department, in_rank = _times(population, roster.years(number), stream).T
    grade = _grades(population, roster.grades(number), service, stream)
    return {
        "age_quarters": age,
        "service_quarters": service,
        "quarters_in_department": in_department,
        "quarters_in_post": np.minimum(in_department, in_rank),
        "quarters_in_rank": in_rank,
        "grade": grade,
        "excellent_in_rank": (grade == Grade.EXCELLENT) & (in_rank >= year),
        "contract": roster.contracts(number),
        "roster_pay": roster.pay(number),
    }


def _times(population: Population, years: Floats, stream: Streams) -> Counts:
    """Age, service, time in department and in rank in quarters, shape (founders, 4).

    Age is that of an invented founder, or that of a hire and the service since; service is the age less a hire's;
    the time in the department is five years or all the service, in the rank up to four years of it.
    """
    people, draws, year = population.world.people, population.draws, population.quarters_per_year
    known = ~np.isnan(years)
    age, service, in_department, in_rank = np.where(known, np.floor(years * year), MISSING).T.astype(np.int64)
    least = np.maximum(0, np.maximum(in_department, in_rank))
    start, oldest = int(START_OF_WORK * year), int(np.floor(people.retirement_age * year)) - 1
    hired_at = np.floor(people.hires_age(draws.uniform("service", 0, stream)) * year).astype(np.int64)
    drawn = np.floor(people.founders_age(draws.uniform("age", 0, stream)) * year).astype(np.int64)
    drawn = np.where(known[:, 1], service + hired_at, np.maximum(drawn, least + start))
    age = np.where(known[:, 0], age, np.minimum(drawn, oldest))
    served = np.minimum(np.maximum(age - hired_at, np.maximum(year, least)), age - start)
    service = np.where(known[:, 1], service, served)
    in_department = np.where(known[:, 2], in_department, np.minimum(service, 5 * year))
    luck = np.floor(4 * year * draws.uniform("time_in_rank", 0, stream)).astype(np.int64)
    in_rank = np.where(known[:, 3], in_rank, np.minimum(luck, service))
    return np.column_stack([age, service, in_department, in_rank])


def _grades(population: Population, grade: Counts, service: Counts, stream: Streams) -> Counts:
    """Last grades; an unknown one is drawn, unless its bearer has not yet served a year."""
    luck = population.draws.uniform("grade_last", 0, stream)
    edges = np.cumsum(population.world.people.last_grades)[:-1]
    drawn = np.searchsorted(edges, luck, side="right")
    drawn = np.where(service >= population.quarters_per_year, drawn, int(Grade.UNGRADED))
    return np.where(grade == UNKNOWN, drawn, grade)


def filled_pay(pay: Floats, normal: Floats, luck: Floats) -> Floats:
    """Yearly pay of a roster's founders in one replication, where unknown drawn; all arrays have one value a founder.

    An unknown pay is the normal pay, times what somebody whose pay is known gets for each unit of theirs, all of them
    equally likely. Where nobody's pay is known it is the normal pay.

    Args:
        pay: as the roster says, in its money; NaN where unknown.
        normal: by the scale of the founding regime, mean annual pay.
        luck: uniform draws, by the founder's key.
    """
    unknown = np.isnan(pay)
    known = ~unknown & (normal > 0)
    ratios = pay[known] / normal[known] if known.any() else np.ones(1)
    drawn = ratios[np.floor(luck * ratios.size).astype(np.int64)]
    return np.where(unknown, normal * drawn, pay)
