"""The twin of every kind, one employee at a time: what it decides and what it makes worthwhile (ODD 7.7-7.11)."""

import math
from statistics import NormalDist

import numpy as np

from sim.core.streaks import normal_quantile, worth_of_escape
from sim.core.windows import worth_within
from tests.oracle.outlook import AreaContest

TWINS = {}
SEVERITY = ("exit", "reservoir", "demotion", "reposting", "probation")
phi, Phi, quantile = NormalDist().pdf, NormalDist().cdf, NormalDist().inv_cdf


def half_up(x):
    return math.floor(x + 0.5)


def twin(slot, *kinds):
    def register(cls):
        for kind in kinds:
            TWINS[slot, kind] = cls
        return cls

    return register


class Rule:
    """Parameters by name, as attributes."""

    def __init__(self, settings):
        self.settings = settings
        self.__dict__.update(settings)

    def worth(self, model, outlook):
        return {}

    def faces(self, model, outlook):
        """Marginal reward, its rank part, its team part; dicts by person."""
        marginal = self.worth(model, outlook)
        return marginal, (dict(marginal) if self.all_rank(outlook) else {}), {}

    def all_rank(self, outlook):
        return False


@twin("posts", "open")
class Open(Rule):
    follows_person, highest = True, 2

    def level_of_post(self, post):
        return 2 if post.manager else 1

    def level_of(self, p):
        return 2 if p.manager else 1

    def rank_taken(self, post, old):
        return max(old, self.first_manager) if post.manager else min(max(old, 1), self.first_manager - 1)


@twin("posts", "fixed")
class Fixed(Rule):
    follows_person = False

    @property
    def highest(self):
        return self.leader_rank

    def level_of_post(self, post):
        return post.rank

    def level_of(self, p):
        return p.rank

    def rank_taken(self, post, old):
        return post.rank


@twin("ranks", "flat")
class Flat(Rule):
    demotes = False

    def eligible(self, model, p):
        return False

    def order(self, model, people):
        return dict.fromkeys(people, 0.0)


@twin("ranks", "ladder")
class Ladder(Rule):
    @property
    def demotes(self):
        return self.demotion

    def eligible(self, model, p):
        years = p.quarters_in_rank / model.year + self.excellent_credit_years * p.excellent_in_rank
        top = model.highest_rank
        return p.at_work and p.rank < top and years >= self.years_in_rank and p.grade >= 2

    def all_rank(self, outlook):
        return True

    def order(self, model, people):
        if self.promotion == "lottery":
            return model.uniform("promotion_lot", people)
        if self.promotion in ("mixed", "alternate"):
            by_score = self.places(model, lambda p: p.annual_score)
            by_time = self.places(model, lambda p: p.quarters_in_rank)
            w = self.merit_weight
            if self.promotion == "mixed":
                return {p: w * by_score.get(p, 0.5) + (1 - w) * by_time.get(p, 0.5) for p in people}
            best = ((model.quarter - 1) // model.year + model.quarter) % 2 == 0
            far = {p: by_score.get(p, 0.5) for p in people}
            return {p: abs(u - 0.5) + (1e-6 if (u > 0.5) == best else 0.0) for p, u in far.items()}
        sign = {"merit": 1, "reverse_merit": -1}.get(self.promotion)
        return {p: sign * p.annual_score if sign else p.quarters_in_rank for p in people}

    def places(self, model, value):
        """Places of the eligible among those of their rank in their department, from 0 to 1."""
        groups, found = {}, {}
        for p in model.at_work:
            if self.eligible(model, p):
                groups.setdefault((p.department, p.rank), []).append(p)
        for people in groups.values():
            people.sort(key=lambda p: (value(p), p.stream))
            found.update({p: (i + 0.5) / len(people) for i, p in enumerate(people)})
        return found

    def worth(self, model, outlook):
        if self.promotion == "alternate":
            return {p: 0.5 * m for p, m in self.worth_of("merit", model, outlook).items()}
        if self.promotion == "mixed":
            merit, time = (self.worth_of(one, model, outlook) for one in ("merit", "seniority"))
            w = self.merit_weight
            return {p: w * merit.get(p, 0.0) + (1 - w) * time.get(p, 0.0) for p in merit.keys() | time.keys()}
        return self.worth_of(self.promotion, model, outlook)

    def worth_of(self, promotion, model, outlook):
        stakes, posts = model.behaviour["stakes"], model.rules["posts"]
        if promotion in ("reverse_merit", "lottery"):
            return {}
        if promotion == "seniority":
            return {
                p: stakes["discount"]
                * self.excellent_credit_years
                * model.pay_step(p)
                * outlook.excellent.get(p, 0.0)
                for p in model.at_work
            }
        field = (lambda x: x.organisation) if posts.follows_person else (lambda x: x.department)
        above, contenders = {}, {}
        for post in model.counted:
            above[field(post), post.rank] = above.get((field(post), post.rank), 0) + 1
        for p in outlook.year.members:
            contenders[field(p), p.rank] = contenders.get((field(p), p.rank), 0) + 1
        who = [p for p in outlook.year.members if p.rank < model.highest_rank]
        n = {p: contenders[field(p), p.rank] for p in who}
        density = outlook.year.crossing({p: (n[p], n[p] - 1) for p in who})
        found = {}
        for p in who:
            openings = min(1.0, model.turnover[p.rank + 1] * above.get((field(p), p.rank + 1), 0))
            prize = stakes["discount"] * stakes["career_years"] * model.pay_step(p) * openings
            found[p] = prize * density[p][0]
        return found


@twin("contributions", "none")
class NoTargets(Rule):
    sets = own_report = False

    def ratchet(self, model, p):
        return 1.0

    def close_year(self, model, appraised):
        for p in appraised:
            p.target_met = -1


@twin("contributions", "annual_targets")
class AnnualTargets(Rule):
    sets = True

    @property
    def own_report(self):
        return self.holder == "person" and self.ratchet_up > 0

    def ratchet(self, model, p):
        d = model.behaviour["stakes"]["discount"]
        lost = d * self.ratchet_up / (1 - d + d * self.ratchet_up) if d > 0 else 0.0
        return 1 - lost if self.holder == "person" else 1 - lost / max(1, len(model.members_of(p.department)))

    def close_year(self, model, appraised):
        gaps = {p: p.annual_score - p.target for p in appraised}
        if self.holder == "department":
            by = {}
            for p in appraised:
                by.setdefault(p.department, []).append(gaps[p])
            mean = {d: sum(v) / len(v) for d, v in by.items()}
            gaps = {p: mean[p.department] for p in appraised}
        for p in appraised:
            p.target_met = int(p.annual_score >= p.target)
            gap = p.annual_score - p.target
            p.near_target = 1 if 0 <= gap < 0.1 else -1 if -0.1 < gap < 0 else 0
            speed = self.ratchet_up if gaps[p] > 0 else self.ratchet_down
            p.target += speed * gaps[p] + self.growth * self.amplification**self.tiers


@twin("salaries", "equal")
class Equal(Rule):
    def normal(self, p, rank, Q):
        return 1.0


@twin("salaries", "national_scale")
class NationalScale(Rule):
    def normal(self, p, rank, Q):
        steps = min(math.floor(p.service_quarters / (self.step_years * Q)), self.highest_step)
        return self.rank_pay[rank - 1] * (1 + self.step * steps)


@twin("salaries", "post_and_rank")
class PostAndRank(Rule):
    def normal(self, p, rank, Q):
        return self.rank_pay[rank - 1]


@twin("appointment", "established")
class Established(Rule):
    contract, conversion = False, "everybody"

    def end(self, signed, Q):
        return 0

    def first_end(self, signed, Q, luck):
        return 0

    def severance(self, model, p):
        return 0.0


@twin("appointment", "contract")
class Contract(Rule):
    contract = True

    def end(self, signed, Q):
        return Q * (math.ceil(signed / Q) + self.term_years)

    def first_end(self, signed, Q, luck):
        return (
            Q * (math.ceil(signed / Q) + 1 + math.floor(luck * self.term_years))
            if self.staggered
            else self.end(signed, Q)
        )

    def all_rank(self, outlook):
        return outlook.top_is_rank if self.renewal_grade == 3 else outlook.bottom_is_rank

    def severance(self, model, p):
        return (
            self.severance_months / 12 * p.service_quarters / model.year * p.normal_pay if p.contract else 0.0
        )

    def worth(self, model, outlook):
        stakes = model.behaviour["stakes"]
        closing = model.quarter + outlook.left - 1
        density = {0: {}, 1: outlook.failing, 2: outlook.basic, 3: outlook.excellent}[self.renewal_grade]
        return {
            p: (stakes["dismissal"] + stakes["status"]) * density.get(p, 0.0)
            for p in model.at_work
            if p.contract and p.contract_end == closing
        }


class Appraisal(Rule):
    def counted(self, place):
        """What a grade of the list is to other rules."""
        return place


LEGAL = ("incompetent", "basically_competent", "competent", "excellent")


@twin("appraisal", "grade_list")
class GradeList(Appraisal):
    """Written from the worst grade up: boundary b lies below place b."""

    ranks = True

    def boundary(self, b):
        return self.limit_by[-b], self.limits[-b]

    def cut(self, model, share):
        z = -math.inf if share == 0 else math.inf if share == 1 else quantile(share)
        return model.standard[0] + model.standard[1] * z - self.leniency

    def counted(self, place):
        return -1 if place < 0 else LEGAL.index(self.counts_as[-1 - place])

    def grade(self, model, appraised):
        found = {}
        for group in model.grouped(appraised).values():
            ascending = sorted(group, key=lambda p: (p.annual_score, p.stream))
            for i, p in enumerate(ascending):
                found[p] = 0
                for b in range(1, len(self.names)):
                    way, share = self.boundary(b)
                    if way == "rank":
                        above = i >= len(group) - half_up(share * len(group))
                    else:
                        above = p.annual_score >= self.cut(model, share)
                    if not above:
                        break
                    found[p] = b
        return found

    def cuts(self, model, outlook):
        year, found = outlook.year, []
        for b in range(1, len(self.names)):
            way, share = self.boundary(b)
            n = year.size
            if way == "rank":
                both = year.crossing({p: (n[p], n[p] - half_up(share * n[p])) for p in year.members})
            else:
                both = {p: year.below(p, self.cut(model, share)) for p in year.members}
            found.append(
                ({p: d for p, (d, _) in both.items()}, {p: c for p, (_, c) in both.items()}, way == "rank")
            )
        outlook.steps = [(density, is_rank) for density, _, is_rank in found]
        levels = []
        for level in (1, 2, 3):
            b = sum(LEGAL.index(name) < level for name in self.counts_as)
            none = dict.fromkeys(year.members, 0.0)
            levels.append(found[b - 1] if 0 < b < len(self.names) else (none, none, False))
        outlook.failing, outlook.failing_chance, outlook.bottom_is_rank = levels[0]
        outlook.basic = levels[1][0]
        outlook.excellent, _, outlook.top_is_rank = levels[2]


@twin("appraisal", "none")
class NoAppraisal(Appraisal):
    ranks, audit_rate, forgiveness = False, 0.0, 0.0

    def grade(self, model, appraised):
        return dict.fromkeys(model.staff, 2)

    def cuts(self, model, outlook):
        outlook.failing = outlook.basic = outlook.excellent = outlook.failing_chance = {}


@twin("appraisal", "four_grades")
class FourGrades(Appraisal):
    ranks = True

    def scores(self, model):
        low = model.standard[0] + model.standard[1] * self._z(self.incompetent_share) - self.leniency
        high = (
            model.standard[0]
            + model.standard[1] * self._z(self.incompetent_share + self.basic_share)
            - self.leniency
        )
        return low, high

    def _z(self, share):
        return -math.inf if share == 0 else quantile(share)

    def grade(self, model, appraised):
        low, high = self.scores(model)
        found = {}
        for group in model.grouped(appraised).values():
            best = sorted(group, key=lambda p: (p.annual_score, p.stream))[
                len(group) - half_up(self.excellent_cap * len(group)) :
            ]
            for p in group:
                found[p] = (
                    0 if p.annual_score < low else 1 if p.annual_score < high else 3 if p in best else 2
                )
        return found

    def cuts(self, model, outlook):
        low, high = self.scores(model)
        year = outlook.year
        outlook.failing = {p: year.below(p, low)[0] for p in year.members}
        outlook.failing_chance = {p: year.below(p, low)[1] for p in year.members}
        outlook.basic = {p: year.below(p, high)[0] for p in year.members}
        n = year.size
        found = year.crossing({p: (n[p], n[p] - half_up(self.excellent_cap * n[p])) for p in year.members})
        outlook.excellent = {p: d for p, (d, _) in found.items()}


@twin("appraisal", "forced_distribution")
class ForcedDistribution(Appraisal):
    ranks = True

    def grade(self, model, appraised):
        found = {}
        for key, group in model.grouped(appraised).items():
            n, quotas = len(group), []
            for share, decision in (
                (self.excellent_share, "quota_excellent"),
                (self.bottom_share, "quota_bottom"),
            ):
                exact = share * n if n >= self.smallest_group else 0.0
                quotas.append(
                    math.floor(exact) + (model.group_uniform(decision, key) < exact - math.floor(exact))
                )
            for place, p in enumerate(sorted(group, key=lambda p: (p.annual_score, p.stream))):
                found[p] = 0 if place < quotas[1] else 3 if place >= n - quotas[0] else 2
        return found

    def cuts(self, model, outlook):
        year = outlook.year

        def spared(p):
            return year.size[p] < self.smallest_group

        bottom = year.between(
            {p: 0.0 if spared(p) else self.bottom_share * year.size[p] for p in year.members}
        )
        top = year.between(
            {
                p: year.size[p] - (0.0 if spared(p) else self.excellent_share * year.size[p])
                for p in year.members
            }
        )
        outlook.bottom_is_rank = True
        outlook.failing = outlook.basic = {p: d for p, (d, _) in bottom.items()}
        outlook.failing_chance = {p: c for p, (_, c) in bottom.items()}
        outlook.excellent = {p: d for p, (d, _) in top.items()}


def escapes(costs, chances, loss, delta):
    """What escaping a hit is worth with 0, 1, ... strikes."""
    k = len(costs)
    fixed, share = [0.0] * (k - 1) + [loss], [0.0] * k
    for j in range(k - 2, -1, -1):
        fixed[j] = delta * (costs[j + 1] + chances[j + 1] * fixed[j + 1])
        share[j] = delta * (1 + chances[j + 1] * share[j + 1])
    first = (costs[0] + chances[0] * fixed[0]) / (1 + chances[0] * share[0])
    return [a - b * first for a, b in zip(fixed, share, strict=True)]


class Trigger(Rule):
    quarterly = False

    def by_quarter(self):
        return self.quarterly or getattr(self, "clock", "year") == "quarter"

    def score(self, p):
        """Own score of the period."""
        return p.score if self.by_quarter() else p.annual_score

    def contest(self, outlook):
        return outlook.quarter if self.by_quarter() else outlook.year

    def a_year(self, model, risk):
        """A year holds several chances of a quarterly hit."""
        times = model.year if self.by_quarter() else 1
        return {p: (density * times, chance) for p, (density, chance) in risk.items()}

    def grown(self, strikes, hit):
        """Strikes after a period."""
        if self.within:
            return (2 * strikes + hit) % 2**self.within
        return strikes + 1 if hit else 0 if self.consecutive else strikes

    def hits(self, strikes):
        return bin(strikes).count("1") if self.within else strikes

    def taken_over(self, strikes, before):
        """Strikes of another trigger of the same name."""
        if bool(self.within) == bool(before.within):
            return strikes
        return 2 ** min(strikes, self.within) - 1 if self.within else before.hits(strikes)

    def is_relative(self, outlook):
        return True

    def tier(self, p):
        return True

    def peers(self, model, view):
        return self.eligible(model, view)

    def own_part(self, model):
        """How much of what is ranked is one's own alone."""
        return 1.0

    def reach(self, model, p):
        """How far what is ranked moves with one SD of own score."""
        own = self.own_part(model)
        return own + (1 - own) / max(1, len(model.members_of(p.department))) if own < 1 else 1.0

    def shared(self, model, p):
        """What of it one more SD in a colleague's work moves as well."""
        reach = self.reach(model, p)
        return (reach - self.own_part(model)) / reach

    def fear_with_effort(self, model, outlook, name, loss):
        """Own effort with every number of strikes is reckoned with, by ODD 7.11."""
        e, k, mine = model.behaviour["effort"], self.in_a_row, outlook.other_reward
        delta = model.behaviour["stakes"]["discount"] ** (1 / model.year if self.by_quarter() else 1.0)
        period, left = (1 / model.year, 1.0) if self.by_quarter() else (1.0, outlook.left / model.year)
        slope = {}
        for p in model.at_work:
            w = p.department.hard_share
            slope[p] = w + (1 - w) * (e["measured_weight"] - e["unmeasured_weight"] * e["neglect"])

        def risk(view, efforts, part):
            by = {p: self.reach(model, p) * part * slope[p] * (x - p.effort) for p, x in efforts.items()}
            return self.risk(model, view.shifted(by))

        def nearer(p, effort, fear):
            return 0.5 * (effort + model.best_effort((mine[p] + fear) * slope[p], model.floating_share))

        def toll(p, effort):
            if e["response"] == 0:
                return 0.0
            theta, up = e["cost"] * e["scale"] / e["curvature"], e["curvature"] + 1
            grown = e["scale"] / up * ((1 + effort / e["scale"]) ** up - 1)
            kept = 1 - e["crowding_out"] * model.floating_share
            cost = theta / e["response"] * (grown - kept * effort)
            return period * (cost - mine[p] * slope[p] * effort)

        ahead = outlook.whole_year()
        efforts = [{p: p.effort for p in model.at_work} for _ in range(k)]
        worth = {}
        for _ in range(24):
            risks = [risk(ahead, each, 1.0) for each in efforts]
            for p in model.at_work:
                hit = [found.get(p, (0.0, 0.0)) for found in risks]
                costs = [toll(p, each[p]) for each in efforts]
                worth[p] = escapes(costs, [chance for _, chance in hit], loss[p], delta)
                for j in range(k):
                    efforts[j][p] = nearer(p, efforts[j][p], hit[j][0] * worth[p][j])
        value = {p: worth[p][min(p.strikes[name], k - 1)] for p in worth}
        now = {p: p.effort for p in model.at_work}
        for _ in range(24):
            densities = risk(outlook, now, left)
            now = {p: nearer(p, now[p], densities.get(p, (0.0,))[0] * value[p]) for p in now}
        return {p: density * value[p] for p, (density, _) in densities.items()}

    def fear_with_response(self, model, outlook, name, loss):
        """The same from the solved programme, by ODD 7.11."""
        e, k, found = model.behaviour["effort"], self.in_a_row, {}
        delta = model.behaviour["stakes"]["discount"] ** (1 / model.year if self.by_quarter() else 1.0)
        period = 1 / model.year if self.by_quarter() else outlook.left / model.year
        kept = 1 - e["crowding_out"] * model.floating_share
        for p, (f, chance) in self.risk(model, outlook).items():
            found[p] = 0.0
            if f <= 0:
                continue
            w = p.department.hard_share
            slope = w + (1 - w) * (e["measured_weight"] - e["unmeasured_weight"] * e["neglect"])
            lifted = max(0.1, 1 + p.effort / e["scale"])
            power = lifted ** (1 - e["curvature"])
            rise = e["response"] / e["cost"] * power * slope
            spare = e["scale"] / e["curvature"] * (lifted - kept * power)
            u = float(normal_quantile(np.array([chance]))[0])
            unit = slope * period * f / phi(u)
            less = unit * (rise * outlook.other_reward[p] - spare)
            stake, strikes = unit * rise * f * loss[p] / phi(u), np.array([p.strikes[name]])
            at = np.array([u - less]), np.array([stake]), strikes, k
            share = worth_within(*at, self.within, delta) if self.within else worth_of_escape(*at, delta)
            found[p] = loss[p] * f * math.exp(less * (u - less / 2)) * float(share[0])
        return found

    def fear(self, model, outlook, name, loss):
        foresight = model.behaviour["effort"]["foresight"]
        if foresight == "iterated_response" and self.in_a_row > 1 and not self.within:
            return self.fear_with_effort(model, outlook, name, loss)
        if foresight != "constant_chance" and self.in_a_row > 1:
            return self.fear_with_response(model, outlook, name, loss)
        densities, k = self.risk(model, outlook), self.in_a_row
        delta = model.behaviour["stakes"]["discount"] ** (1 / model.year if self.by_quarter() else 1.0)
        found = {}
        for p, (density, chance) in densities.items():
            values = [loss[p]]
            if self.within and k > 1:
                had, u = np.array([p.strikes[name]]), normal_quantile(np.array([chance]))
                worth = worth_within(u, np.zeros(1), had, k, self.within, delta)
                found[p] = density * loss[p] * float(worth[0])
                continue
            if k > 1:
                x = delta * chance
                first = loss[p] * chance * x ** (k - 2) / sum(x**i for i in range(k))
                gaps = [first]
                while len(gaps) < k - 1:
                    gaps.append((gaps[-1] / x if x > 0 else 0.0) + first)
                values = [delta * gap for gap in gaps] + [loss[p]]
            found[p] = density * values[min(p.strikes[name], k - 1)]
        return found


@twin("trigger", "last_in_department")
class LastInDepartment(Trigger):
    def tier(self, p):
        return not p.manager

    def fear(self, model, outlook, name, loss):
        found = super().fear(model, outlook, name, loss)
        chance = model.behaviour["collusion"]["chance"]
        if self.in_a_row < 2 or self.by_quarter() or self.follows == "probation":
            return found
        return {
            p: m * (1 - min(1.0, chance * (loss[p] / 0.5) * (20 / outlook.year.size[p])))
            for p, m in found.items()
        }

    def eligible(self, model, appraised):
        return [p for p in appraised if not p.manager]

    def hit(self, model, appraised):
        found = set()
        for group in model.grouped(self.eligible(model, appraised)).values():
            if len(group) >= self.smallest_department:
                found.add(min(group, key=lambda p: (self.score(p), p.stream)))
        return found

    def risk(self, model, outlook):
        scores = self.contest(outlook)
        size = scores.size
        who = [p for p in scores.members if not p.manager and size[p] >= self.smallest_department]
        return self.a_year(model, scores.crossing({p: (size[p], 1) for p in who}))


@twin("trigger", "incompetent_grade")
class IncompetentGrade(Trigger):
    def is_relative(self, outlook):
        return outlook.bottom_is_rank

    def eligible(self, model, appraised):
        return list(appraised)

    def hit(self, model, appraised):
        return {p for p in appraised if p.grade == 0}

    def risk(self, model, outlook):
        return {p: (outlook.failing[p], outlook.failing_chance[p]) for p in outlook.failing}


@twin("trigger", "last_in_municipality")
class LastInMunicipality(Trigger):
    quarterly = True

    def tier(self, p):
        return p.post.indicator

    def own_part(self, model):
        return model.world["municipality"]["holder_share"]

    def is_relative(self, outlook):
        return False

    def eligible(self, model, appraised):
        return [p for p in model.at_work if p.post.indicator]

    def hit(self, model, appraised):
        return {p for p in self.eligible(model, appraised) if p.department.last}

    def peers(self, model, appraised):
        return [p for p in model.at_work if not p.manager]

    def risk(self, model, outlook):
        units = model.world["municipality"]["units"]
        found = outlook.indicator_crossing(units)
        return {p: (d * self.reach(model, p) * model.year, c) for p, (d, c) in found.items()}


@twin("trigger", "bottom_managers")
class Managers(Trigger):
    def tier(self, p):
        return p.manager

    def eligible(self, model, appraised):
        return [p for p in appraised if p.manager]

    def hit(self, model, appraised):
        who = sorted(self.eligible(model, appraised), key=lambda p: (self.score(p), p.stream))
        return set(who[: math.floor(self.share * len(who))])

    def risk(self, model, outlook):
        who = [p for p in self.contest(outlook).members if p.manager]
        n, contest = len(who), self.in_area(model, outlook, who)
        found = contest.crossing({p: (n, math.floor(self.share * n)) for p in who})
        reached = {p: (density * self.reach(model, p), chance) for p, (density, chance) in found.items()}
        return self.a_year(model, reached)

    def in_area(self, model, outlook, who):
        """Own score and the department's mean, among all managers of the area."""
        year, o, team = self.contest(outlook), self.own_part(model), {}
        for p in year.members:
            team.setdefault(p.department, []).append(p)
        mean, variance = {}, {}
        for p in who:
            n, own = len(team[p.department]), year.sd[p] ** 2
            theirs = sum(year.unshifted[q] for q in team[p.department]) / n
            spread = sum(year.sd[q] ** 2 for q in team[p.department]) / n / n
            mean[p] = o * year.unshifted[p] + (1 - o) * theirs
            variance[p] = o * o * own + (1 - o) ** 2 * spread + 2 * o * (1 - o) * own / n
        return AreaContest(model, mean, variance).shifted(outlook.shift)


RESERVOIR = {
    "stay_quarters": 2,
    "extension_quarters": 1,
    "reposted_share": 0.55,
    "demoted_share": 0.2,
    "dismissed_share": 0.15,
    "training_gain": 0.0,
    "pay_share": 1.0,
    "stigma": 0.2,
}


@twin("adjustment", "none")
class NoAdjustment(Rule):
    listed, lottery, enforcement, reservoir, selection = {}, False, 1.0, RESERVOIR, "rule"
    has_probation = False


@twin("adjustment", "triggers")
class TriggerList(Rule):
    def __init__(self, settings):
        super().__init__(settings)
        named = sorted(settings["triggers"].items(), key=lambda x: (SEVERITY.index(x[1]["follows"]), x[0]))
        self.listed = {name: TWINS["trigger", s["kind"]](s) for name, s in named}
        self.lottery = self.selection == "lottery"
        self.has_probation = any(one.follows == "probation" for one in self.listed.values())

    def losses(self, model):
        s, r = model.behaviour["stakes"], self.reservoir
        f = model.floating_share
        after = r["demoted_share"] * s["demotion"] + r["dismissed_share"] * s["dismissal"]
        return {
            "exit": s["dismissal"] + s["status"],
            "reservoir": (f + (1 - f) * (1 - r["pay_share"])) * r["stay_quarters"] / model.year
            + after
            + s["status"],
            "demotion": s["demotion"] + s["status"],
            "reposting": s["reposting"] + s["status"],
        }

    def faces(self, model, outlook):
        failing = self.fear_of_failing(model, outlook)
        faces = (failing, {}, {})
        if self.lottery:
            return faces
        losses, other = self.losses(model), outlook.other_reward
        for name, trigger in sorted(self.listed.items(), key=lambda one: one[1].in_a_row):
            if trigger.follows == "probation":
                loss = self.loss_of_probation(model, outlook)
            else:
                loss = dict.fromkeys(model.at_work, self.enforcement * losses[trigger.follows])
            outlook.other_reward = {p: m + faces[0].get(p, 0.0) for p, m in other.items()}
            pooled = self.selection == "pooled"
            if pooled:
                fear, relative = self.pooled(model, outlook, name, trigger, loss), True
            else:
                fear, relative = trigger.fear(model, outlook, name, loss), trigger.is_relative(outlook)
            for p, m in fear.items():
                counts = (1.0, relative, 0.0 if pooled else trigger.shared(model, p))
                for face, part in zip(faces, counts, strict=True):
                    face[p] = face.get(p, 0.0) + m * part
        return faces

    def loss_of_probation(self, model, outlook):
        """Being put on it, and failing as likely as one believes now; nobody on it can be put on it again."""
        status, failing = model.behaviour["stakes"]["status"], self.losses(model)[self.probation["failed"]]
        found, mark = {}, model.standard[0] + self.probation["standard"]
        for p in model.at_work:
            variance = p.belief_variance + model.noise_variance(p.manager) / self.probation["quarters"]
            gap = mark - outlook.own[p]
            chance = Phi(gap / math.sqrt(variance)) if variance > 0 else float(gap > 0)
            found[p] = 0.0 if p.probation_quarters >= 0 else self.enforcement * (status + chance * failing)
        return found

    def fear_of_failing(self, model, outlook):
        """The density of the mean score at the pass mark, of whoever is on probation."""
        found, mark = {}, model.standard[0] + self.probation["standard"]
        if not self.has_probation:
            return found
        loss = self.losses(model)[self.probation["failed"]]
        for p in (p for p in model.at_work if p.probation_quarters >= 0):
            left = max(1, self.probation["quarters"] - p.probation_quarters)
            whole = left + p.probation_quarters
            mean = (p.probation_sum + left * outlook.own[p]) / whole
            noise = model.noise_variance(p.manager) * left / whole**2
            sd = math.sqrt(p.belief_variance * (left / whole) ** 2 + noise)
            if sd > 0:
                found[p] = model.year / whole * phi((mark - mean) / sd) / sd * loss
        return found

    def pooled(self, model, outlook, name, trigger, loss):
        """Fear of being among the lowest of the area by scores of several years."""
        year, d = outlook.year, model.behaviour["stakes"]["discount"]
        who = [p for p in year.members if trigger.tier(p)]
        named = model.named.get(name, half_up(self.expected_flag_share * len(who)))
        easy = {p: p.department.hard_share * p.department.difficulty for p in who}
        mean = {p: 0.5 * (p.pooled_score + year.own[p] - easy[p]) for p in who}
        contest = AreaContest(model, mean, {p: year.sd[p] ** 2 / 4 for p in who})
        found = contest.crossing({p: (len(who), min(named, len(who) - 1)) for p in who})
        return {p: loss[p] * density * 0.5 / (1 - d / 2) for p, (density, _) in found.items()}
