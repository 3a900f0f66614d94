"""What a contract adds to normal pay: a premium, paid on top of the wage bill or within it."""

from typing import TYPE_CHECKING

import numpy as np

from sim.core.arrays import Column, Floats, Mask
from sim.core.groups import ratio, sum_by

if TYPE_CHECKING:
    from sim.model.governing import Cohort
    from sim.model.state import State
    from sim.rules.salaries import SalariesRule


def premium(rule: "SalariesRule", cut: Column, leader: Column, on_contract: Column) -> Floats:
    """What people are paid over the scale, as a share of it; below 0 for whoever pays for others' premium.

    Args:
        cut: what is left of the scale where the premium stays within the wage bill.
        on_contract: who is on a contract, or with which chance.
    """
    return np.asarray((1 + rule.contract_premium * on_contract) * np.where(leader, 1.0, cut) - 1)


def settle_premium(
    state: "State", rule: "SalariesRule", cohort: "Cohort", plain: Floats, on_contract: Mask
) -> None:
    """By how much the scale falls for those who come under a rule, so that its premium leaves their wage bill as it is.

    Args:
        plain: everybody's normal pay under the rule, without a premium.
        on_contract: who is to be on a contract.
    """
    staff, departments, areas = state.staff, state.departments, state.replications.size
    place, at_work = state.area_of_staff(), staff.at_work & cohort.people
    raised = plain * (1 + rule.contract_premium * on_contract)
    bill, new_bill = (sum_by(pay, place, areas, at_work) for pay in (plain, raised))
    cut = ratio(bill, new_bill, 1.0) if rule.premium_within_bill else np.ones(areas)
    staff.cut[cohort.people] = cut[place[cohort.people]]
    area_of_departments = departments.organisation // state.organisations_each
    departments.cut[cohort.departments] = cut[area_of_departments[cohort.departments]]
