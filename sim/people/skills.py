"""Ability as several skills that stay with a person: every role asks for another mix of the same skills (B1).

A role's *demand* is the weighted mean of the skills by the role's profile, scaled so that its variance among applicants
is 1. Whoever is hired is drawn for the demand of the role applied for; the other skills follow from that draw and from
luck of the person's own, so that skills need not be stored.
"""

from dataclasses import dataclass

import numpy as np

from sim.core.arrays import Floats, Integers, Streams
from sim.core.draws import Draws
from sim.settings.behaviour.ability import Skills


@dataclass(frozen=True)
class RoleChange:
    """People who take another role; one value a person, roles by the number of their profile.

    Attributes:
        ability: what they are able to do in the role they leave.
        quarter: when.
        stream: their luck.
        first, left, taken: the role they applied for, the one they leave, the one they take.
    """

    ability: Floats
    quarter: int
    stream: Streams
    first: Integers
    left: Integers
    taken: Integers


def role_correlations(skills: Skills) -> Floats:
    """Correlation, among applicants, of what any two roles demand, shape (roles, roles)."""
    weights, shared = np.asarray(skills.profiles), skills.correlation
    total = weights.sum(axis=1)
    covariance = (1 - shared) * weights @ weights.T + shared * np.outer(total, total)
    spread = np.sqrt(np.diag(covariance))
    return np.asarray(covariance / np.outer(spread, spread))


def demands(skills: Skills, draws: Draws, change: RoleChange, entry: Floats) -> tuple[Floats, Floats]:
    """How well people meet the roles that they leave and take, in standard deviations of applicants.

    Args:
        entry: how well they met the role applied for.
    """
    own, correlation = _own_luck(skills, draws, change.stream), role_correlations(skills)
    people = np.arange(change.stream.size)
    surprise = entry - own[people, change.first]
    left, taken = (
        own[people, role] + correlation[role, change.first] * surprise for role in (change.left, change.taken)
    )
    return left, taken


def _own_luck(skills: Skills, draws: Draws, stream: Streams) -> Floats:
    """What each role would find in people who applied for none, shape (people, roles)."""
    weights, shared = np.asarray(skills.profiles), skills.correlation
    common = draws.normal("skill_common", 0, stream)
    special = [draws.normal(f"skill:{number}", 0, stream) for number in range(weights.shape[1])]
    values = np.sqrt(shared) * common[:, None] + np.sqrt(1 - shared) * np.stack(special, axis=1)
    covariance = (1 - shared) * (weights**2).sum(axis=1) + shared * weights.sum(axis=1) ** 2
    return np.asarray(values @ weights.T / np.sqrt(covariance))
