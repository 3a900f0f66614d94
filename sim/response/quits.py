"""When people resign: pay elsewhere, tenure, age, rank and taste, and how they feel (B10)."""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit

from sim.core.arrays import Floats, Integers, Mask
from sim.core.groups import mean_by, ratio
from sim.people.staff import Staff
from sim.settings.behaviour import Quits
from sim.settings.labour import LabourMarket
from sim.settings.terms import RANK_CELLS


@dataclass(frozen=True)
class Situation:
    """What people's resignations hang on besides their own columns. Arrays over people.

    Attributes:
        standing: where they believe to stand, in SD of newcomers' beliefs.
        has_strike: lives with a strike that means something.
        peers: share of the own organisation's people who are in the reservoir.
        outside: what the labour market would pay them, over their normal pay without a contract premium.
        usual: log of the mean odds that tenure and age gave founders, taken off so that these keep the base rate.
        of_group: what their group adds to the log-odds (`world.people.groups`).
    """

    standing: Floats
    has_strike: Mask
    peers: Floats
    outside: Floats
    usual: Floats
    of_group: Floats | float = 0.0


def outside_pay(market: LabourMarket, cycle: Floats, better: Floats) -> Floats:
    """What the market pays over normal pay here, for the cycle in SD and abilities `better` than a hire's mean."""
    return np.asarray(1 + market.pay_level + market.pay_sd * cycle + market.ability_price * better)


def life_logit(quits: Quits, service_years: Floats, age_years: Floats) -> Floats:
    """What tenure and age add to the log-odds of resigning, before they are centred."""
    return np.asarray(-quits.tenure * np.log1p(service_years) - quits.age * (age_years - 35) / 10)


def usual_logit(
    quits: Quits, service_years: Floats, age_years: Floats, place: Integers, places: int
) -> Floats:
    """Log of the mean odds ratio of tenure and age in each of `places`, over the people whose lives are given."""
    odds = np.exp(life_logit(quits, service_years, age_years))
    return np.log(mean_by(odds, place, places, np.ones(place.size, dtype=bool), 1.0))


def rank_logit(quits: Quits, rank: Integers) -> Floats:
    """What the rank adds to the log-odds of resigning."""
    table = np.zeros(RANK_CELLS)
    table[1 : 1 + len(quits.by_rank)] = quits.by_rank
    return np.asarray(table[rank])


def quit_hazard(quits: Quits, staff: Staff, now: Situation, quarters_per_year: int) -> Floats:
    """Chance of resigning this quarter (B10): a yearly logit, spread over the year's quarters."""
    base = np.where(staff.contract, logit(quits.base_contract), logit(quits.base_established))
    yearly_pay = staff.pay * quarters_per_year
    gap = now.outside - ratio(yearly_pay * (1 + staff.premium), staff.normal_pay, 1.0)
    years = staff.service_quarters / quarters_per_year, staff.age_quarters / quarters_per_year
    reasons = (
        quits.pay_gap * gap
        - quits.morale * staff.morale
        + quits.standing * now.standing
        + quits.standing_squared * now.standing**2
        + quits.own_strike * now.has_strike
        + quits.peers_in_reservoir * now.peers
        + quits.in_reservoir * staff.in_reservoir
        + (life_logit(quits, *years) - now.usual)
        + rank_logit(quits, staff.rank)
        - quits.contract_taste * staff.contract * staff.contract_taste
        + now.of_group
    )
    under_regime = np.where(staff.leader, 0.0, reasons)
    yearly = expit(base + under_regime)
    return np.asarray(1 - (1 - yearly) ** (1 / quarters_per_year))
