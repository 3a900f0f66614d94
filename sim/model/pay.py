"""The quarter's pay: base, and the floating parts out of the fund of each organisation and regime."""

import numpy as np

from sim.core.arrays import Floats, read_only
from sim.core.groups import sum_by
from sim.model.jurisdictions import Jurisdiction
from sim.model.state import State


def pay(state: State) -> None:
    """Base pay, and the floating parts out of each organisation's fund."""
    state.funds = np.zeros(state.bodies)
    for one in state.jurisdictions:
        _pay(one)


def _pay(one: Jurisdiction) -> None:
    """The pay of the people under one regime."""
    staff, rule = one.staff, one.regime.floating_pay
    share = rule.share_in_force
    at_work, waiting = staff.at_work, staff.in_reservoir
    normal = staff.normal_pay / one.state.year
    base = np.select(
        [at_work, staff.leader & staff.on_post, waiting],
        [(1 - share) * normal, normal, (1 - share) * normal],
        0.0,
    )
    kept = one.regime.adjustment.terms.pay_share
    base = np.where(waiting, base * kept, base)
    before = normal_funds(one, normal)
    one.state.funds[one.bodies] = before * fund_factors(one, before)
    quarterly, grade, annual = rule.parts(one.view, read_only(one.state.funds[one.bodies]))
    one.put("base_pay", base)
    one.put("quarterly_pay", quarterly)
    one.put("grade_pay", grade)
    one.put("annual_pay", annual)
    one.put("pay", base + quarterly + grade + annual)


def normal_funds(one: Jurisdiction, normal: Floats) -> Floats:
    """Funds of the organisations if growth were as at the founding; `normal` is people's normal pay of the quarter."""
    staff, rule = one.staff, one.regime.floating_pay
    counted = staff.at_work | (staff.in_reservoir if rule.pays_colleagues else False)
    return rule.share_in_force * sum_by(normal, staff.organisation, one.state.organisations, counted)


def fund_factors(one: Jurisdiction, before: Floats) -> Floats:
    """What growth makes of every organisation's fund, shape (organisations,)."""
    shape = (one.state.replications.size, one.state.organisations_each)
    growth = read_only(one.state.growth)
    return one.regime.floating_pay.fund_factors(growth, before.reshape(shape)).ravel()
