"""How many each trigger flags: what a lottery draws by, and what people learn of a year that has closed."""

from typing import NamedTuple

import numpy as np

from sim.core.arrays import Floats, Integers, Mask, Rows
from sim.core.groups import count_by
from sim.model.jurisdictions import STRIKES, Jurisdiction
from sim.model.state import State

FLAGS, NAMED = "flags.", "named."
"""Columns of departments by trigger: flags since the last year's close, and in the year before that, -1 if none was."""


class Flags(NamedTuple):
    """How many of a department's staff, and of an organisation's managers, a trigger flags in a quarter."""

    departments: Integers
    organisations: Integers


def no_flags(state: State) -> Flags:
    """The same where nobody is flagged."""
    nobody = np.zeros(0, dtype=np.intp)
    return count_flags(state, nobody)


def count_flags(state: State, flagged: Rows) -> Flags:
    """The flagged staff by department, and the flagged managers by organisation."""
    staff = state.staff
    manager, department = staff.manager[flagged], staff.department[flagged]
    return Flags(
        np.bincount(department[~manager], minlength=state.departments.size),
        np.bincount(staff.organisation[flagged][manager], minlength=state.organisations),
    )


def note_flags(state: State, name: str, flagged: Rows) -> None:
    """Add flags to those of the year."""
    departments = state.departments
    of_departments = np.bincount(state.staff.last_department[flagged], minlength=departments.size)
    departments[FLAGS + name][:] += of_departments


def tell_flags_of_year(one: Jurisdiction) -> None:
    """Everybody under a regime learns how many were flagged in the year that closes."""
    departments = one.state.departments
    here = one.governs(departments.regime)
    for name in one.regime.adjustment.listed:
        departments[NAMED + name][here] = departments[FLAGS + name][here]
        departments[FLAGS + name][here] = 0


def named(one: Jurisdiction) -> dict[str, Floats]:
    """Flags of each trigger of a regime in the last full year, shape (replications,); -1 before there was one."""
    departments, areas = one.state.departments, one.state.replications.size
    area, here = departments.organisation // one.state.organisations_each, one.governs(departments.regime)
    return {
        name: _total(departments[NAMED + name], area, areas, here) for name in one.regime.adjustment.listed
    }


def _total(seen: Integers, area: Integers, areas: int, here: Mask) -> Floats:
    known = here & (seen >= 0)
    total = np.bincount(area[known], weights=seen[known], minlength=areas)
    return np.where(count_by(area, areas, known) > 0, total, -1.0)


def keep_flags(state: State) -> None:
    """Columns of triggers that are gone are dropped; flags and strikes of new ones start at none.

    A department under a regime that does not list a trigger has none of it.
    """
    departments, kept = state.departments, state.triggers
    gone = [name[len(FLAGS) :] for name in departments.names if name.startswith(FLAGS)]
    for name in set(gone) - set(kept):
        departments.drop_column(FLAGS + name)
        departments.drop_column(NAMED + name)
        state.staff.drop_column(STRIKES + name)
        state.forget_distances("trigger_" + name, np.arange(state.staff.size))
    for name in kept:
        state.staff.add_column(STRIKES + name, "i2", 0)
        departments.add_column(FLAGS + name, "i4", 0)
        departments.add_column(NAMED + name, "i4", -1)
        listed = [name in regime.adjustment.listed for regime in state.regimes]
        elsewhere = ~np.array(listed)[departments.regime]
        departments[FLAGS + name][elsewhere] = 0
        departments[NAMED + name][elsewhere] = -1
