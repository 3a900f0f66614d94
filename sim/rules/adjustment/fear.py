"""What escaping a trigger's next hit is worth, given the strikes already there: how far people fear it."""

from typing import TYPE_CHECKING

import numpy as np

from sim.core.arrays import Floats, Integers
from sim.core.streaks import normal_quantile
from sim.core.windows import worth_within
from sim.response.foresight import (
    by_strikes,
    density_at_own_effort,
    fear_of_a_hit,
    strike_values,
    strike_values_with_effort,
)
from sim.response.standing import Foresight, Standing

if TYPE_CHECKING:
    from sim.rules.adjustment.trigger import Trigger


def fear_of(trigger: "Trigger", standing: Standing, strikes: Integers, loss: Floats | float) -> Floats:
    """Marginal reward of escaping the next hit, for every number of strikes already there.

    Args:
        trigger: what hits.
        standing: where people believe to stand.
        strikes: as the trigger keeps them, shape of the staff.
        loss: what follows a flag, in mean annual pay, for everybody or one by one.
    """
    mind = standing.foresight if trigger.in_a_row > 1 else None
    if mind is not None and mind.year is not None and not trigger.within:
        return _by_iteration(trigger, standing, mind, strikes, loss)
    risk, discount = trigger.risk(standing), _discount(trigger, standing)
    if mind is None:
        return np.asarray(risk[0] * _at_constant_chance(trigger, risk[1], strikes, loss, discount))
    quarters = 1 if trigger.every_quarter else standing.view.quarters_left
    period = quarters / standing.view.quarters_per_year
    return fear_of_a_hit(risk, strikes, mind, loss, discount, trigger.in_a_row, period, within=trigger.within)


def _at_constant_chance(
    trigger: "Trigger", chance: Floats, strikes: Integers, loss: Floats | float, discount: float
) -> Floats:
    """Worth of escaping a hit where its chance never changes."""
    needed, within = trigger.in_a_row, trigger.within
    if not within:
        return by_strikes(strikes, strike_values(chance, loss, discount, needed))
    nothing = np.zeros(chance.size)
    return loss * worth_within(normal_quantile(chance), nothing, strikes, needed, within, discount)


def _by_iteration(
    trigger: "Trigger", standing: Standing, mind: Foresight, strikes: Integers, loss: Floats | float
) -> Floats:
    """What a strike is worth in a whole period ahead, then what escaping one is."""
    year, reach = standing.whole_year(), trigger.reach(standing)
    period, left = 1.0, standing.view.quarters_left / standing.view.quarters_per_year
    if trigger.every_quarter:
        period, left = 1 / standing.view.quarters_per_year, 1.0
    values = strike_values_with_effort(
        lambda more: trigger.risk(year.shifted(reach * more)),
        mind,
        loss,
        _discount(trigger, standing),
        trigger.in_a_row,
        period,
    )
    value = by_strikes(strikes, values)
    now = density_at_own_effort(lambda more: trigger.risk(standing.shifted(reach * left * more)), mind, value)
    return now * value


def _discount(trigger: "Trigger", standing: Standing) -> float:
    per_period = 1 / standing.view.quarters_per_year if trigger.every_quarter else 1.0
    return float(standing.stakes.discount**per_period)
