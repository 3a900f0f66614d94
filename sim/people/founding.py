"""Quarter 0: departments, posts, and the people who hold them."""

import math

import numpy as np

from sim.core.arrays import Column, Counts, Floats, Integers, NamedColumns, Rows, Streams
from sim.core.draws import Draws, streams
from sim.core.groups import positions_in_runs
from sim.people.lives import lives
from sim.people.parks import market_gain, new_cities_with_operators, park_difficulty, park_streams
from sim.people.people import Newcomers, Population
from sim.people.roster import roster_of
from sim.people.staff import Departments, Posts, Staff
from sim.settings.behaviour import Behaviour
from sim.settings.departments import Organisation
from sim.settings.place import Structure, World
from sim.settings.terms import AREA_LEVEL, Kind


def half_up(value: Floats) -> Counts:
    """Rounded to whole, halves upwards."""
    return np.floor(value + 0.5).astype(np.int64)


def departments_by_organisation(world: World, structure: Structure) -> Counts:
    """How many departments each organisation has: the new cities share theirs evenly, the first ones get the rest."""
    new_cities = len(world.new_cities)
    even, rest = divmod(structure.new_cities.departments, new_cities)
    return np.array(
        [even + (number < rest) for number in range(new_cities)] + [structure.area_level.departments]
    )


def posts_in_departments(world: World, structure: Structure) -> int:
    """Posts of one replication's departments at the founding."""
    roster = roster_of(world)
    if roster:
        return int(roster.sizes.sum())
    each = sum(structure.posts_by_rank) or structure.department_size.mean
    usual = math.floor(each * int(departments_by_organisation(world, structure).sum()) + 0.5)
    return usual + structure.parks.number * structure.parks.staff


def kinds_of(tier: Organisation, departments: int) -> list[Kind]:
    """Kinds of the departments of one organisation: economic first, then social, then administrative."""
    economic = min(departments, math.floor(tier.economic_share * departments + 0.5))
    social = min(departments - economic, math.floor(tier.social_share * departments + 0.5))
    rest = departments - economic - social
    return [Kind.ECONOMIC] * economic + [Kind.SOCIAL] * social + [Kind.ADMINISTRATIVE] * rest


def departments_by_kind(world: World, structure: Structure) -> dict[tuple[str, str], int]:
    """How many departments of each kind each organisation has, by their names."""
    counts = departments_by_organisation(world, structure)
    names = (*world.new_cities, AREA_LEVEL)
    tiers = [structure.new_cities] * len(world.new_cities) + [structure.area_level]
    kinds = [kinds_of(tier, int(count)) for tier, count in zip(tiers, counts, strict=True)]
    for new_city in new_cities_with_operators(world, structure):
        kinds[new_city].append(Kind.OPERATOR)
    return {
        (name, kind.name.lower()): each.count(kind)
        for name, each in zip(names, kinds, strict=True)
        for kind in Kind
    }


def department_sizes(structure: Structure, draws: Draws, stream: Streams) -> Counts:
    """Sizes of one replication's departments, adding up to mean × departments (rounded)."""
    if structure.posts_by_rank:
        return np.full(stream.size, sum(structure.posts_by_rank), dtype=np.int64)
    size = structure.department_size
    total = math.floor(size.mean * stream.size + 0.5)
    log_sd = math.sqrt(math.log(1 + size.variation**2))
    raw = size.mean * np.exp(log_sd * draws.normal("department_size", 0, stream) - log_sd**2 / 2)
    above = np.clip(raw, size.smallest, size.largest) - size.smallest
    spare = total - size.smallest * stream.size
    exact = above * (spare / above.sum()) if above.sum() > 0 else np.full(stream.size, spare / stream.size)
    whole = np.floor(exact)
    missing = round(float(spare - whole.sum()))
    largest_remainders = np.argsort(whole - exact, kind="stable")[:missing]
    whole[largest_remainders] += 1
    return (structure.department_size.smallest + whole).astype(np.int64)


def found_departments(
    world: World, structure: Structure, behaviour: Behaviour, draws: Draws, replications: Counts
) -> Departments:
    """All departments of all replications: new cities' first, then the area level's, then those of parks with staff."""
    roster = roster_of(world)
    by_organisation = (
        roster.departments_by_organisation if roster else departments_by_organisation(world, structure)
    )
    new_cities = len(world.new_cities)
    tiers = [structure.new_cities] * new_cities + [structure.area_level]
    kinds = [
        kind
        for tier, count in zip(tiers, by_organisation, strict=True)
        for kind in kinds_of(tier, int(count))
    ]
    operators = new_cities_with_operators(world, structure)
    kinds = [*(roster.kinds if roster else kinds), *[Kind.OPERATOR] * operators.size]
    each, organisations = len(kinds), new_cities + 1
    departments = Departments(each * replications.size)
    departments["replication"] = np.repeat(replications, each)
    departments["number"] = np.tile(np.arange(each), replications.size)
    of_one = np.concatenate([np.repeat(np.arange(organisations), by_organisation), operators])
    own = np.tile(of_one, replications.size)
    departments["organisation"] = own + np.repeat(np.arange(replications.size), each) * organisations
    departments["kind"] = np.tile(kinds, replications.size)
    stream = department_streams(departments)
    usual = departments.kind != Kind.OPERATOR
    sizes = [
        roster.sizes if roster else department_sizes(structure, draws, part)
        for part in np.split(stream[usual], replications.size)
    ]
    departments["posts"] = structure.parks.staff
    departments.posts[usual] = np.concatenate(sizes)
    departments["difficulty"] = world.difficulty_sd * draws.normal("difficulty", 0, stream)
    departments.difficulty[~usual] = park_difficulty(
        structure,
        draws,
        park_streams(
            np.repeat(replications, operators.size), np.tile(np.arange(operators.size), replications.size)
        ),
    )
    departments["hard_share"] = _hard_shares(behaviour)[departments.kind]
    bias = behaviour.rating.group_bias_sd
    departments["rater_bias"] = bias * draws.normal("rater_bias", 0, stream) if bias else 0.0
    between = np.array([tier.interdependence for tier in tiers])
    departments["interdependence"] = between[own]
    return departments


def _hard_shares(behaviour: Behaviour) -> Floats:
    """Weight of hard indicators by kind of department; parks are judged as economic ones are."""
    rating = behaviour.rating
    economic = rating.hard_share_economic
    return np.array([economic, rating.hard_share_social, rating.hard_share_administrative, economic])


def department_streams(departments: Departments) -> Streams:
    """One stream a department."""
    return streams(departments.replication, departments.number.astype(np.int64) + (1 << 41))


def post_comfort(posts: Posts, draws: Draws, rows: Integers) -> Floats:
    """How comfortable posts are; it never changes."""
    return draws.normal("comfort", 0, post_streams(posts, rows))


def post_streams(posts: Posts, rows: Integers) -> Streams:
    """One stream a post in `rows`."""
    return streams(posts.replication[rows], posts.number[rows].astype(np.int64) + (1 << 46))


def found_posts(world: World, structure: Structure, departments: Departments, replications: Counts) -> Posts:
    """All posts: a replication's departments' posts by rank, its leaders' posts, those of its parks' staff."""
    roster = roster_of(world)
    parts = []
    for place, replication in enumerate(replications):
        here, of_park = departments.replication == replication, departments.kind == Kind.OPERATOR
        mine = np.flatnonzero(here & ~of_park)
        if roster:
            parts += [
                roster.department_posts(departments, mine),
                roster.leader_posts(int(replication), place),
            ]
            continue
        parts.append(_department_posts(structure, departments, mine))
        parts.append(_leader_posts(world, structure, int(replication), place))
        if structure.parks.staff:
            parts.append(_operator_posts(structure, departments, np.flatnonzero(here & of_park)))
    posts = Posts()
    for part in parts:
        posts.append(part, len(part["organisation"]))
    first = np.concatenate([[True], np.diff(posts.replication) != 0]) if posts.size else np.zeros(0, bool)
    posts["number"] = np.arange(posts.size) - np.maximum.accumulate(np.where(first, np.arange(posts.size), 0))
    posts["occupants"] = 1
    if roster:
        roster.occupy(posts)
    return posts


def _department_posts(structure: Structure, departments: Departments, mine: Counts) -> NamedColumns:
    if structure.posts_by_rank:
        return _pyramids(structure, departments, mine)
    size = departments.posts[mine]
    managers = np.where(
        (structure.manager_share > 0) & (size > 1), np.maximum(1, half_up(structure.manager_share * size)), 0
    )
    staff = size - managers
    ranks, heads = structure.ranks, np.minimum(managers, 1)
    counts = [heads, *_by_shares(structure.manager_rank_shares or (1.0,), managers - heads)]
    counts += _by_shares(structure.rank_shares, staff)
    below_the_head = range(ranks.highest_manager - 1, ranks.staff, -1) or [ranks.highest_manager]
    levels = [ranks.highest_manager, *below_the_head, *range(ranks.staff, 0, -1)]
    department = np.repeat(mine, size)
    place = positions_in_runs(department)
    rank = np.repeat(np.tile(levels, mine.size), np.column_stack(counts).ravel())
    of_managers = np.repeat(managers, size)
    holder = np.where(np.repeat(staff > 0, size), of_managers, 0)
    return {
        "replication": departments.replication[department],
        "organisation": departments.organisation[department],
        "department": department,
        "rank": rank,
        "manager": place < of_managers,
        "indicator": place == holder,
    }


def _by_shares(shares: tuple[float, ...], posts: Counts) -> list[Counts]:
    """Posts of each department at each rank by `shares` (the lowest rank first), the highest rank first."""
    found, left = [], posts
    for share in shares[:0:-1]:
        found.append(np.minimum(half_up(np.asarray(share * posts, dtype=np.float64)), left))
        left = left - found[-1]
    return [*found, left]


def _pyramids(structure: Structure, departments: Departments, mine: Counts) -> NamedColumns:
    """Every department has the same posts; whoever ranks as a manager elsewhere does so here."""
    each = np.repeat(np.arange(len(structure.posts_by_rank), 0, -1), structure.posts_by_rank)
    managers = np.count_nonzero(each >= structure.ranks.first_manager)
    department, place = np.repeat(mine, each.size), np.tile(np.arange(each.size), mine.size)
    return {
        "replication": departments.replication[department],
        "organisation": departments.organisation[department],
        "department": department,
        "rank": np.tile(each, mine.size),
        "manager": place < managers,
        "indicator": place == managers,
    }


def _operator_posts(structure: Structure, departments: Departments, mine: Counts) -> NamedColumns:
    """A head and staff in every park, whatever the departments' usual posts."""
    others = structure.parks.staff - 1
    counts = [1, *(int(one[0]) for one in _by_shares(structure.rank_shares, np.array([others])))]
    each = np.repeat([structure.ranks.highest_manager, *range(structure.ranks.staff, 0, -1)], counts)
    department, place = np.repeat(mine, each.size), np.tile(np.arange(each.size), mine.size)
    return {
        "replication": departments.replication[department],
        "organisation": departments.organisation[department],
        "department": department,
        "rank": np.tile(each, mine.size),
        "manager": place == 0,
        "indicator": place == min(others, 1),
    }


def _leader_posts(world: World, structure: Structure, replication: int, place: int) -> NamedColumns:
    organisations = len(world.new_cities) + 1
    count = organisations * world.leaders_per_organisation
    own = np.repeat(np.arange(organisations), world.leaders_per_organisation)
    return {
        "replication": np.full(count, replication),
        "organisation": own + place * organisations,
        "rank": np.full(count, structure.ranks.leader),
        "leader": np.ones(count, dtype=bool),
    }


def found_staff(
    population: Population, structure: Structure, posts: Posts, departments: Departments
) -> Staff:
    """One founder a post, chosen as every later hire is chosen; a roster's posts may be vacant."""
    held = np.flatnonzero(posts.occupants > 0)
    everybody = Newcomers(posts, held, np.zeros(held.size, dtype=np.int64), 0)
    shift = market_gain(structure, departments, posts.department[held])
    rows = population.newcomers(everybody, departments, shift)
    roster = roster_of(population.world)
    if roster:
        rows |= lives(population, roster, posts.number[held], rows["stream"])
    else:
        rows |= _seniority(population, posts, rows["stream"])
    rows["rank"] = rows["role"] = rows["first_role"] = posts.rank[held]
    staff = Staff()
    staff.append(rows, held.size)
    return staff


def _seniority(population: Population, posts: Posts, stream: Streams) -> NamedColumns:
    """Founders have served at least a year; in each department and tier the longest serving hold the highest posts.

    Under `founders_placed_by: lot` everybody stays where they came.
    """
    draws, year = population.draws, population.quarters_per_year
    people = population.world.people
    age = np.floor(people.founders_age(draws.uniform("age", 0, stream)) * year).astype(np.int64)
    hired_at = np.floor(people.hires_age(draws.uniform("service", 0, stream)) * year).astype(np.int64)
    service = np.maximum(year, age - hired_at)
    if people.founders_placed_by == "seniority":
        by_rank = _within_tiers(posts, posts.rank, posts.number)
        by_service = _within_tiers(posts, service, stream)
        age[by_rank], service[by_rank] = age[by_service], service[by_service]
    in_post = np.minimum(service, 5 * year)
    in_rank = np.floor(4 * year * draws.uniform("time_in_rank", 0, stream)).astype(np.int64)
    return {
        "age_quarters": age,
        "service_quarters": service,
        "quarters_in_department": in_post,
        "quarters_in_post": in_post,
        "quarters_in_rank": in_rank,
    }


def _within_tiers(posts: Posts, value: Column, tie_break: Column) -> Rows:
    """Posts sorted by replication, department and tier, then by `value`."""
    tier = 2 * posts.department.astype(np.int64) + posts.manager
    return np.lexsort((tie_break, value, tier, posts.replication))
