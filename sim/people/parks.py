"""Where parks are, how they differ, and what market hiring adds in those with staff (ODD.md §7.18)."""

import numpy as np

from sim.core.arrays import Counts, Floats, Integers, Streams
from sim.core.draws import Draws, streams
from sim.people.staff import Departments
from sim.settings.place import Structure, World
from sim.settings.terms import Kind


def new_cities_of_parks(world: World, structure: Structure) -> Counts:
    """The new city of each park: shared evenly, the first ones get the rest."""
    even, rest = divmod(structure.parks.number, len(world.new_cities))
    shares = [even + (number < rest) for number in range(len(world.new_cities))]
    return np.repeat(np.arange(len(world.new_cities)), shares)


def new_cities_with_operators(world: World, structure: Structure) -> Counts:
    """The new city of each operator department; none where parks have no staff."""
    return new_cities_of_parks(world, structure)[: structure.parks.number * (structure.parks.staff > 0)]


def park_streams(replication: Integers, number: Integers) -> Streams:
    """One stream a park."""
    return streams(replication, number.astype(np.int64) + (1 << 45))


def park_difficulty(structure: Structure, draws: Draws, park: Streams) -> Floats:
    """How easily the industries of parks show results, in ability SD."""
    return structure.parks.industry_sd * draws.normal("park_difficulty", 0, park)


def market_gain(structure: Structure, departments: Departments, department: Integers) -> Floats:
    """What market hiring adds to the mean ability of applicants for posts of these departments (-1: of none)."""
    of_park = np.append(departments.kind == Kind.OPERATOR, False)[department]
    return np.where(of_park, structure.parks.market_gain * structure.parks.market_terms, 0.0)
