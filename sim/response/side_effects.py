"""What people do besides working harder: gaming, padding, helping, risky projects (ODD.md §7.14)."""

from typing import NamedTuple

import numpy as np
from scipy.special import ndtr

from sim.core.arrays import Codes, Floats, Integers, Mask
from sim.core.draws import Draws
from sim.core.groups import count_by, sum_by
from sim.core.orders import normal_density
from sim.people.staff import Departments, Staff
from sim.settings.behaviour import Effort, Gaming, Helping, Risk


def best_gaming(gaming: Gaming, motive: Floats, expected_penalty: float) -> Floats:
    """Smooth gaming h = max(0, (M − πF)/k); `motive` is the reward of one more SD in the hard indicators."""
    return np.maximum(0.0, (motive - expected_penalty) / gaming.cost)


def reach(gaming: Gaming, prize: Floats, expected_penalty: float) -> Floats:
    """How far below the target it pays to report it met: the gap whose cost k·x²/2 + πF·x eats up the prize."""
    root = np.sqrt(expected_penalty**2 + 2 * gaming.cost * prize)
    return np.asarray((root - expected_penalty) / gaming.cost)


def can_game(gaming: Gaming, staff: Staff) -> Mask:
    """Whose indicators can be reported better than they are."""
    return np.asarray(staff.gaming_luck < gaming.manipulability)


def best_helping(helping: Helping, gain: Floats) -> Floats:
    """Help given, or harm done if negative: (α + gain)/k, k by sign (B8)."""
    motive = helping.altruism + gain
    return motive / np.where(motive > 0, helping.cost_of_helping, helping.cost_of_sabotage)


def received_help(staff: Staff, departments: Departments) -> Floats:
    """What colleagues' help adds to everybody's work: their mean, as far as the work is interdependent."""
    at_work = staff.at_work
    own = np.where(at_work, staff.department, 0)
    others = count_by(own, departments.size, at_work)[own] - 1
    given = sum_by(np.asarray(staff.helping), own, departments.size, at_work)[own] - staff.helping
    received = departments.interdependence[own] * given / np.maximum(others, 1)
    return np.where(at_work & (others > 0), received, 0.0)


def turn_taking(chance: float, loss: Floats | float, size: Integers) -> Floats:
    """Chance that a department of `size` takes turns in being last: rises with the loss, falls with the size (B18)."""
    return np.asarray(np.minimum(1.0, chance * (loss / 0.5) * (20 / np.maximum(size, 1))))


class Projects(NamedTuple):
    """One quarter's risky projects, shape of the staff: choice (1 tried, 0 declined, -1 none met) and their gains."""

    choice: Codes
    true: Floats
    reported: Floats


def projects(
    risk: Risk, effort: Effort, staff: Staff, draws: Draws, quarter: int, forgiveness: float
) -> Projects:
    """Who meets a risky project, who tries it, and what comes of it (B17)."""
    choice = np.full(staff.size, -1, dtype=np.int8)
    true, reported = np.zeros(staff.size), np.zeros(staff.size)
    if risk.share == 0:
        return Projects(choice, true, reported)
    met = np.flatnonzero(staff.at_work & (draws.uniform("project_met", quarter, staff.stream) < risk.share))
    stream = staff.stream[met]
    aversion = risk.aversion * np.exp(risk.aversion_spread * draws.normal("risk_aversion", 0, stream))
    better, worse = _expected_sides(risk)
    own_gain = effort.response * staff.reward[met] * (better - aversion * (1 - forgiveness) * worse)
    tried = risk.public_worth * risk.gain + own_gain > 0
    choice[met] = tried
    gain = np.where(tried, risk.gain + risk.sd * draws.normal("project", quarter, stream), 0.0)
    forgiven = (gain < 0) & (draws.uniform("forgiven", quarter, stream) < forgiveness)
    true[met], reported[met] = gain, np.where(forgiven, 0.0, gain)
    return Projects(choice, true, reported)


def _expected_sides(risk: Risk) -> tuple[float, float]:
    """Expected gain where there is one, and expected loss where there is one."""
    if risk.sd == 0:
        better = max(0.0, risk.gain)
    else:
        ratio = np.array(risk.gain / risk.sd)
        better = float(risk.sd * (normal_density(ratio) + ratio * ndtr(ratio)))
    return better, better - risk.gain
