"""The quarter's pay: base, and the floating parts out of each organisation's fund."""

import numpy as np

from sim.core.arrays import Floats, read_only
from sim.core.groups import sum_by
from sim.model.state import State


def pay(state: State) -> None:
    """Base pay, and the floating parts out of each organisation's fund."""
    staff, rule = state.staff, state.regime.floating_pay
    share = rule.share_in_force
    at_work, waiting = staff.at_work, staff.in_reservoir
    normal = staff.normal_pay / state.year
    base = np.select(
        [at_work, staff.leader & staff.on_post, waiting],
        [(1 - share) * normal, normal, (1 - share) * normal],
        0.0,
    )
    kept = state.regime.adjustment.terms.pay_share
    staff["base_pay"] = np.where(waiting, base * kept, base)
    state.funds = _funds(state, normal)
    parts = rule.parts(state.view(), read_only(state.funds))
    staff["quarterly_pay"], staff["grade_pay"], staff["annual_pay"] = parts
    staff["pay"] = staff.base_pay + staff.quarterly_pay + staff.grade_pay + staff.annual_pay


def _funds(state: State, normal: Floats) -> Floats:
    """Fund of every organisation this quarter."""
    before = normal_funds(state, normal)
    return before * fund_factors(state, before)


def normal_funds(state: State, normal: Floats) -> Floats:
    """Funds if growth were as at the founding; `normal` is everybody's normal pay of the quarter."""
    staff, rule = state.staff, state.regime.floating_pay
    counted = staff.at_work | (staff.in_reservoir if rule.pays_colleagues else False)
    return rule.share_in_force * sum_by(normal, staff.organisation, state.organisations, counted)


def fund_factors(state: State, before: Floats) -> Floats:
    """What growth makes of every organisation's fund, shape (organisations,)."""
    shape = (state.replications.size, state.organisations_each)
    growth = read_only(state.growth)
    return state.regime.floating_pay.fund_factors(growth, before.reshape(shape)).ravel()
