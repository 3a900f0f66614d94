"""What each person expects, one at a time (ODD 7.4)."""

import copy
import math
from statistics import NormalDist

import numpy as np

from sim.core.orders import crossing

LARGEST_TABLE = 120
EULER = 0.5772156649015329
phi, Phi = NormalDist().pdf, NormalDist().cdf


def known_part(model, p, difficulty=None):
    """What a score holds besides ability and error."""
    e, a = model.behaviour["effort"], model.behaviour["ability"]
    w = p.department.hard_share if p.department else 0.0
    d = p.department.difficulty if p.department else 0.0
    d = d if difficulty is None else difficulty
    rated = e["measured_weight"] * p.effort + e["unmeasured_weight"] * p.unmeasured_effort
    return w * (p.effort + p.gaming + d) + (1 - w) * rated + p.helped - (1 - p.ramp) * a["ramp_score_loss"]


class Contest:
    """A ranking as its members expect it; dicts by person."""

    def __init__(self, model, members, own, variance, noise):
        self.members, self.noise_shape = members, model.behaviour["rating"]["noise"]
        self.own, self.sd, self.spread, self.z, self.size, self.rivals = own, {}, {}, {}, {}, {}
        self.unshifted = own
        for group in model.grouped(members).values():
            n = len(group)
            total = sum(own[p] for p in group)
            mean = total / n
            scatter = sum((own[p] - mean) ** 2 + variance[p] for p in group) / n
            for p in group:
                mine = variance[p] + noise[p]
                self.size[p], self.sd[p] = n, math.sqrt(mine)
                self.spread[p] = math.sqrt(0.5 * (mine + scatter + noise[p]))
                self.rivals[p] = rivals = (total - own[p]) / (n - 1) if n > 1 else own[p]
                s = self.spread[p] if self.spread[p] > 0 else 1.0
                self.z[p] = (own[p] - rivals) / s if n > 1 else 0.0

    def shifted(self, by):
        """The same for people who each alone expect to score so much more."""
        found = copy.copy(self)  # `unshifted` stays: rivals do not see it
        found.own = {p: x + by.get(p, 0.0) for p, x in self.own.items()}
        found.z = {
            p: z + (by.get(p, 0.0) / self.spread[p] if self.spread[p] > 0 else 0.0) for p, z in self.z.items()
        }
        return found

    def crossing(self, wanted):
        """(density per SD of own score, chance) for {person: (n, k)}."""
        found = ranked(wanted, self.z, self.spread, self.noise_shape)
        for p, (n, k) in wanted.items():
            if n > LARGEST_TABLE and 0 < k < n and self.sd[p] > 0 and self.spread[p] > 0:
                found[p] = self.below(
                    p, self.rivals[p] + self.rivals_sd(p) * quantile(self.noise_shape, k / n)
                )
        return found

    def rivals_sd(self, p):
        return math.sqrt(max(0.0, 2 * self.spread[p] ** 2 - self.sd[p] ** 2))

    def passing(self, p):
        """Density of passing one rival."""
        s = self.spread[p]
        if self.noise_shape == "normal":
            s = s if s > 0 else 1.0
            return phi(self.z[p] / math.sqrt(2)) / (s * math.sqrt(2))
        return self.crossing({p: (2, 1)})[p][0]

    def between(self, lowest):
        """The same at a boundary between whole numbers of people."""
        floor = {p: math.floor(k) for p, k in lowest.items()}
        below = self.crossing({p: (self.size[p], k) for p, k in floor.items()})
        above = self.crossing({p: (self.size[p], k + 1) for p, k in floor.items()})
        return {
            p: tuple(
                b * (1 - (lowest[p] - floor[p])) + a * (lowest[p] - floor[p])
                for b, a in zip(below[p], above[p], strict=True)
            )
            for p in lowest
        }

    def below(self, p, cut):
        """Density at, and chance of falling below, a fixed cut."""
        if self.sd[p] <= 0:
            return 0.0, Phi(math.inf if cut > self.own[p] else -math.inf)
        gap = (cut - self.own[p]) / self.sd[p]
        if self.noise_shape == "logistic":
            scale = math.sqrt(3) / math.pi
            chance = 1 / (1 + math.exp(-gap / scale)) if gap > -300 else 0.0
            return chance * (1 - chance) / scale / self.sd[p], chance
        if self.noise_shape == "gumbel":
            scale = math.sqrt(6) / math.pi
            rate = math.exp(min(700.0, -gap / scale - EULER))
            return rate * math.exp(-rate) / scale / self.sd[p], math.exp(-rate)
        return (phi(gap) / self.sd[p] if math.isfinite(gap) else 0.0), Phi(gap) if math.isfinite(
            gap
        ) else float(gap > 0)


def quantile(noise, share):
    """Below which noise of SD 1 stays with this chance."""
    if noise == "logistic":
        return math.sqrt(3) / math.pi * math.log(share / (1 - share))
    if noise == "gumbel":
        return -math.sqrt(6) / math.pi * (math.log(-math.log(share)) + EULER)
    return NormalDist().inv_cdf(share)


def ranked(wanted, z, spread, noise="normal"):
    """crossing() asked for everybody at once."""
    who = [p for p, (n, _) in wanted.items() if n > 1 and spread[p] > 0]
    found = dict.fromkeys(wanted, (0.0, 0.0))
    if who:
        n, k = np.array([wanted[p] for p in who]).T
        density, chance = crossing(n, k, np.array([z[p] for p in who]), noise)
        for p, d, c in zip(who, density.tolist(), chance.tolist(), strict=True):
            found[p] = (d / spread[p], c)
    return found


class AreaContest(Contest):
    """A ranking of the whole area by what people know with a mean and a variance."""

    def __init__(self, model, mean, variance):
        n, total = len(mean), sum(mean.values())
        scatter = sum((m - total / n) ** 2 + variance[p] for p, m in mean.items()) / n if n else 0.0
        self.members, self.noise_shape = list(mean), model.behaviour["rating"]["noise"]
        self.own, self.size = mean, dict.fromkeys(mean, n)
        self.sd = {p: math.sqrt(v) for p, v in variance.items()}
        self.spread = {p: math.sqrt(0.5 * (v + scatter)) for p, v in variance.items()}
        self.rivals = {p: (total - m) / (n - 1) if n > 1 else m for p, m in mean.items()}
        self.z = {
            p: (m - self.rivals[p]) / (self.spread[p] if self.spread[p] > 0 else 1.0) for p, m in mean.items()
        }


class Outlook:
    """Everything that the rules' worth is reckoned from."""

    def __init__(self, model):
        Q, t = model.year, model.quarter
        self.model, self.left = model, Q - (t - 1) % Q
        self.own = own = {p: p.belief + known_part(model, p) for p in model.at_work}
        self.bottom_is_rank, self.top_is_rank = False, True
        noise = {p: model.noise_variance(p.manager) for p in model.at_work}
        ranks = model.rules["appraisal"].ranks
        now = [p for p in model.at_work if ranks and p.quarters_in_department + 1 >= Q]
        self.quarter = Contest(model, now, own, {p: p.belief_variance for p in now}, noise)
        year = [p for p in model.at_work if ranks and p.quarters_scored == Q - self.left]
        expected = {p: (p.score_sum + self.left * own[p]) / Q for p in year}
        variance = {p: p.belief_variance * (self.left / Q) ** 2 for p in year}
        self.year = Contest(model, year, expected, variance, {p: noise[p] * self.left / Q**2 for p in year})
        model.rules["appraisal"].cuts(model, self)
        self.shift, self.other_reward = {}, {}
        if model.behaviour["effort"]["foresight"] == "iterated_response":
            all_year = [p for p in model.at_work if ranks]
            variance = {p: p.belief_variance for p in all_year}
            self.ahead = Contest(model, all_year, own, variance, {p: noise[p] / Q for p in all_year})

    def with_year(self, year, shift):
        found = copy.copy(self)
        found.year, found.shift = year, shift
        found.quarter = self.quarter.shifted(shift)
        self.model.rules["appraisal"].cuts(self.model, found)
        return found

    def shifted(self, by):
        """For people who each alone expect to score so much more."""
        return self.with_year(self.year.shifted(by), by)

    def whole_year(self):
        """As if the year began now."""
        return self.with_year(self.ahead, {})

    def indicator_crossing(self, units):
        rho = self.model.world["municipality"]["persistence"]
        own = {
            p: rho * p.department.indicator + self.model.strength(p.department) + self.shift.get(p, 0.0)
            for p in self.model.at_work
            if p.post.indicator
        }
        s = math.sqrt(0.5 * (1 - rho**2 + 1))
        return ranked(
            dict.fromkeys(own, (units, 1)), {p: x / s for p, x in own.items()}, dict.fromkeys(own, s)
        )
