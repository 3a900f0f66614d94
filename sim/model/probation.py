"""Probation: it begins with a flag, its quarters are scored, and at its end somebody passes or fails."""

import numpy as np

from sim.core.arrays import Rows
from sim.model.jurisdictions import Jurisdiction
from sim.model.state import State


def begin(state: State, rows: Rows) -> None:
    """The people in `rows` are on probation from the next quarter on."""
    state.record("put_on_probation", rows)
    state.staff.probation_quarters[rows] = 0
    state.staff.probation_sum[rows] = 0.0


def score(state: State) -> None:
    """The quarter's score counts for whoever works on probation."""
    staff = state.staff
    rows = np.flatnonzero(staff.at_work & (staff.probation_quarters >= 0))
    staff.probation_quarters[rows] += 1
    staff.probation_sum[rows] += staff.score[rows]


def judge(one: Jurisdiction) -> Rows:
    """Probations under a regime that are over end; returns who fails, of whom nothing is done yet."""
    state, terms = one.state, one.regime.adjustment.probation_terms
    staff = state.staff
    due = one.where(one.staff.at_work & (one.staff.probation_quarters >= terms.quarters))
    mean = staff.probation_sum[due] / staff.probation_quarters[due]
    fails = mean < terms.pass_mark(one.view)
    failed, passed = due[fails], due[~fails]
    state.record("failed_probation", failed)
    state.record("passed_probation", passed)
    state.end_probation(due)
    state.clear_strikes(failed)
    if terms.passed == "clear":
        state.clear_strikes(passed)
    return np.asarray(failed)
