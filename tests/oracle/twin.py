"""The model one person at a time, in plain Mesa: what the column engine must equal, written from ODD.md section 7."""

import math

import mesa
import numpy as np
from scipy.special import ndtri

from sim.core.draws import Draws, streams
from tests.oracle import founding
from tests.oracle.founding import Person, newcomers
from tests.oracle.moves import Moves
from tests.oracle.outlook import Outlook, known_part
from tests.oracle.rules import TWINS

SLOTS = (
    "posts",
    "ranks",
    "contributions",
    "salaries",
    "appointment",
    "appraisal",
    "adjustment",
    "floating_pay",
)


def logit(p):
    return math.log(p / (1 - p))


class Twin(Moves, mesa.Model):
    """One replication of a resolved scenario.

    Args:
        scenario: as `Scenario.resolved()` gives it.
        seed, replication: whose luck.
        phase: what is in force in a quarter, a dict with `regime` and `behaviour`.
    """

    def __init__(self, scenario, seed, replication, phase, changes):
        super().__init__(rng=seed)
        self.draws, self.replication, self.quarter = Draws(seed), replication, 0
        self.year = scenario["calendar"]["quarters_per_year"]
        self.world, self.structure = scenario["world"], scenario["structure"]
        self.hold, self.phase, self.changes = scenario["hold"], phase, changes
        self.events, self.all, self.floating_worth = [], [], 0.0
        self.use_behaviour(phase(0)["behaviour"])
        self.use_rules(phase(0)["regime"])
        self.departments = founding.departments(self)
        self.posts = founding.posts(self)
        self.all = founding.people(self)
        self.ranks_indicators = any(
            trigger["kind"] == "last_in_municipality"
            for quarter in (0, *(c + 1 for c in changes))
            for trigger in phase(quarter)["regime"]["adjustment"].get("triggers", {}).values()
        )
        self.peers = self.peer_growth = self.shock = None
        self.organisations = len(self.world["new_cities"]) + 1
        self.growth = [self.world["growth"]["base"]] * (self.organisations - 1)
        self.municipal_rank = [0] * (self.organisations - 1)
        for p in self.all:
            p.strikes = dict.fromkeys(self.rules["adjustment"].listed, 0)
            p.worked_in = None
        self._found_contracts()
        self.scale = 1.0
        self.scale = len(self.at_work) / sum(self.raw_pay(p) for p in self.at_work)
        self.refresh_pay()

    def _found_contracts(self):
        rule, people = self.rules["appointment"], [p for p in self.all if not p.leader]
        luck = self.uniform("first_term", people)
        for p in people:
            if rule.contract or not self.world["roster"]:
                p.contract, p.contract_end = rule.contract, rule.first_end(0, self.year, luck[p])

    # ---- who and what

    @property
    def staff(self):
        return [p for p in self.all if p.employed]

    @property
    def at_work(self):
        return [p for p in self.all if p.employed and p.at_work]

    @property
    def waiting(self):
        return [p for p in self.all if p.employed and p.reservoir_since >= 0]

    def members_of(self, department):
        return [post.occupant for post in department.posts if post.occupant is not None]

    def group_of(self, p):
        return ("organisation", p.organisation) if p.manager else ("department", p.department.number)

    def grouped(self, people):
        found = {}
        for p in people:
            found.setdefault(self.group_of(p), []).append(p)
        return found

    def ranked(self):
        if not self.rules["appraisal"].ranks:
            return []
        return [p for p in self.at_work if p.quarters_in_department >= self.year]

    def appraised(self):
        if self.quarter % self.year or not self.rules["appraisal"].ranks:
            return []
        return [p for p in self.at_work if p.quarters_scored == self.year]

    # ---- luck

    def _bulk(self, draw, decision, people):
        values = draw(decision, self.quarter, np.array([p.stream for p in people], dtype=np.uint64)).tolist()
        return dict(zip(people, values, strict=True))

    def uniform(self, decision, people):
        return self._bulk(self.draws.uniform, decision, people) if people else {}

    def normal(self, decision, people):
        return self._bulk(self.draws.normal, decision, people) if people else {}

    def group_uniform(self, decision, group):
        key = 2**40 + group[1] if group[0] == "department" else 2**40 - 1 - group[1]
        stream = streams(np.array([self.replication]), np.array([key]))
        return float(self.draws.uniform(decision, self.quarter, stream)[0])

    def quantile(self, share):
        return float(ndtri(share))

    # ---- what is in force

    def use_behaviour(self, behaviour):
        self.behaviour = behaviour
        self.mu, self.V = founding.mean_ability(self), founding.ability_variance(self)
        error = founding.error_variance(self, False)
        hard = behaviour["rating"]["hard_share_economic"] * self.world["difficulty_sd"]
        self.standard = (self.mu, math.sqrt(self.V + error + hard**2))

    def use_rules(self, regime):
        self.regime = regime
        self.rules = {slot: TWINS[slot, regime[slot]["kind"]](regime[slot]) for slot in SLOTS}
        self.floating_share = self.rules["floating_pay"].share

    def persistent_variance(self, manager):
        return founding.persistent_variance(self, manager)

    def noise_variance(self, manager):
        return founding.noise_variance(self, manager)

    def raw_pay(self, p, rank=None):
        return self.rules["salaries"].normal(p, p.rank if rank is None else rank, self.year)

    def pay_step(self, p):
        return self.raw_pay(p, p.rank + 1) * self.scale - p.normal_pay if p.at_work and p.rank <= 4 else 0.0

    def refresh_pay(self):
        for p in self.staff:
            p.normal_pay = self.raw_pay(p) * self.scale

    def holds(self, what):
        return what in self.hold and bool(self.changes) and self.quarter > self.changes[0]

    def strength(self, department):
        people = self.members_of(department)
        return sum(p.ability + p.effort - self.mu for p in people) / len(people) if people else 0.0

    # ---- the quarter

    def step(self):
        self.quarter += 1
        for process in (
            self.open_quarter,
            self.work,
            self.measure,
            self.pay_out,
            self.appraise,
            self.close_year,
            self.adjust,
            self.wait,
            self.respond,
            self.recruit,
            self.develop,
        ):
            process()

    def open_quarter(self):
        now = self.phase(self.quarter)
        if now["behaviour"] != self.behaviour:
            self.use_behaviour(now["behaviour"])
        if now["regime"] != self.regime:
            self.adopt(now["regime"])
        if self.quarter % self.year == 1 or self.year == 1:
            kept = self.behaviour["rating"]["persistence"]
            luck = self.normal("rater_error", self.staff)
            for p in self.staff:
                p.score_sum, p.quarters_scored = 0.0, 0
                if self.quarter > 1 and kept < 1:
                    persistent = self.persistent_variance(p.manager)
                    p.rater_error = (
                        kept * p.rater_error + math.sqrt(1 - kept**2) * math.sqrt(persistent) * luck[p]
                    )
                    p.belief_variance += (1 - kept**2) * persistent
        self.refresh_pay()
        for p in self.staff:
            p.flagged = False

    def best_effort(self, marginal, floating_share):
        e = self.behaviour["effort"]
        theta = e["cost"] * e["scale"] / e["curvature"]
        drive = max(0.0, 1 - e["crowding_out"] * floating_share + e["response"] * marginal / theta)
        return e["scale"] * (drive ** (1 / e["curvature"]) - 1)

    def work(self):
        e, a = self.behaviour["effort"], self.behaviour["ability"]
        if not self.holds("effort"):
            self._choose_effort(e)
        for p in self.staff:
            if p.post is not None:
                p.quarters_in_department += 1
                p.quarters_in_post += 1
                p.quarters_in_rank += 1
                p.ramp = 1 - p.ramp_gap * math.exp(-(max(p.quarters_in_post, 1) - 1) / a["ramp_quarters"])
            p.service_quarters += 1
            p.age_quarters += 1
            y = p.ability + e["measured_weight"] * p.effort + e["unmeasured_weight"] * p.unmeasured_effort
            p.worked_in = p.department if p.at_work else None
            p.contribution = y if p.at_work else 0.0
            p.output = (1 + a["output_sd"] * y) * p.ramp if p.at_work else 0.0

    def _choose_effort(self, e):
        outlook = Outlook(self)
        worths = {slot: self.rules[slot].worth(self, outlook) for slot in SLOTS}
        floating = worths["floating_pay"]
        people = self.at_work
        self.floating_worth = sum(floating.get(p, 0.0) for p in people) / len(people) if people else 0.0
        u0 = self.best_effort(0.0, self.floating_share)
        for p in self.staff:
            if not p.at_work:
                p.effort = p.unmeasured_effort = 0.0
                continue
            w = p.department.hard_share
            marginal = sum(worths[slot].get(p, 0.0) for slot in SLOTS)
            rated = e["measured_weight"] - e["unmeasured_weight"] * e["neglect"]
            best = self.best_effort(marginal * (w + (1 - w) * rated), self.floating_share)
            p.effort += e["damping"] * (best - p.effort)
            p.unmeasured_effort = u0 - e["neglect"] * (p.effort - u0) + e["morale_effect"] * p.morale

    def measure(self):
        noise = self.normal("score_noise", self.at_work)
        for p in self.staff:
            p.score = 0.0
            if p.at_work:
                p.score = (
                    p.ability
                    + known_part(self, p)
                    + p.rater_error
                    + math.sqrt(self.noise_variance(p.manager)) * noise[p]
                )
                p.score_sum += p.score
                p.quarters_scored += 1
        if self.ranks_indicators:
            self._rank_indicators()

    def _rank_indicators(self):
        rho, others = self.world["municipality"]["persistence"], self.world["municipality"]["units"] - 1
        own = self.draws.normal("indicator", self.quarter, self.department_streams).tolist()
        keys = streams(self.department_streams[:, None].view(np.int64), np.arange(others)[None, :])
        luck = self.draws.normal("peer_indicator", self.quarter, keys).tolist()
        first = self.peers is None
        self.peers = [
            [x if first else rho * old + math.sqrt(1 - rho**2) * x for x, old in zip(row, olds, strict=True)]
            for row, olds in zip(luck, self.peers or luck, strict=True)
        ]
        for d, x, rivals in zip(self.departments, own, self.peers, strict=True):
            d.indicator = x if first else rho * d.indicator + math.sqrt(1 - rho**2) * x
            d.last = all(d.indicator + self.strength(d) < other for other in rivals)

    def pay_out(self):
        rule, f, Q = self.rules["floating_pay"], self.floating_share, self.year
        funds = [0.0] * self.organisations
        for p in self.staff:
            if p.at_work or (rule.colleagues and p.reservoir_since >= 0):
                funds[p.organisation] += f * p.normal_pay / Q
        moved = [fund * factor for fund, factor in zip(funds[:-1], rule.factors(self.growth), strict=True)]
        total = sum(funds[:-1])
        funds[:-1] = [x * total / sum(moved) if sum(moved) > 0 else 0.0 for x in moved]
        paid, kept = rule.pay(self, funds), self.rules["adjustment"].reservoir["pay_share"]
        for p in self.staff:
            normal = p.normal_pay / Q
            p.base_pay = (1 - f) * normal if p.at_work else normal if p.leader else (1 - f) * normal * kept
            p.quarterly_pay, p.grade_pay, p.annual_pay = paid.get(p, (0.0, 0.0, 0.0))
            p.pay = p.base_pay + p.quarterly_pay + p.grade_pay + p.annual_pay

    def appraise(self):
        if self.quarter % self.year:
            return
        appraised = self.appraised()
        for p in appraised:
            p.annual_score = p.score_sum / self.year
        for p, grade in self.rules["appraisal"].grade(self, appraised).items():
            p.grade = grade
            if grade == 3:
                p.excellent_in_rank += 1

    def close_year(self):
        if self.quarter % self.year:
            return
        self.rules["contributions"].close_year(self, self.appraised())
        if self.holds("workforce"):
            return
        if self.rules["posts"].follows_person:
            self.promote_in_rank()
        rule = self.rules["appointment"]
        for p in [p for p in self.staff if rule.contract and p.contract and p.contract_end == self.quarter]:
            if p.grade == -1 or p.grade >= rule.renewal_grade:
                p.contract_end = rule.end(self.quarter, self.year)
            else:
                self.leave(p, "not_renewed")

    def believed_standing(self, p):
        sd = math.sqrt(self.V + self.persistent_variance(p.manager))
        return min(3.0, max(-3.0, (p.belief - self.mu) / (sd if sd > 0 else 1.0)))

    def respond(self):
        m, x = self.behaviour["morale"], {}
        for p in self.staff:
            if p.at_work and p.quarters_in_post > 0:
                noise = self.noise_variance(p.manager)
                total = p.belief_variance + noise
                gain = p.belief_variance / total if total > 0 else 0.0
                known = known_part(self, p, None if self.behaviour["belief"]["difficulty_known"] else 0.0)
                p.belief += gain * (p.score - known - p.belief)
                p.belief_variance *= 1 - gain
            x[p] = self.believed_standing(p)
            surprise = (p.pay - p.pay_reference) / p.pay_reference if p.pay_reference > 0 else 0.0
            felt = max(0.0, surprise) + m["loss_aversion"] * min(0.0, surprise)
            p.morale = m["persistence"] * p.morale + m["sensitivity"] * (
                felt - (p.flagged and x[p] > m["fair_cut"])
            )
            reference = p.pay_reference if p.pay_reference > 0 else p.pay
            p.pay_reference = reference + m["reference_speed"] * (p.pay - reference)
        if self.holds("workforce"):
            return
        self._resign(x)
        for p in self.staff:
            if p.age_quarters >= self.world["people"]["retirement_age"] * self.year:
                self.leave(p, "retired", severance=False)

    def _resign(self, x):
        q, lottery = self.behaviour["quits"], self.rules["adjustment"].lottery
        luck, people, waiting = self.uniform("resignation", self.staff), {}, {}
        for p in self.staff:
            people[p.organisation] = people.get(p.organisation, 0) + 1
            waiting[p.organisation] = waiting.get(p.organisation, 0) + (p.reservoir_since >= 0)
        hazards = {}
        for p in self.staff:
            reasons = 0.0
            if not p.leader:
                gap = 1 - self.year * p.pay / p.normal_pay if p.normal_pay > 0 else 0.0
                reasons = (
                    q["pay_gap"] * gap
                    - q["morale"] * p.morale
                    + q["standing"] * x[p]
                    + q["standing_squared"] * x[p] ** 2
                )
                reasons += q["in_reservoir"] * (p.reservoir_since >= 0)
                if not lottery:
                    reasons += q["own_strike"] * any(p.strikes.values())
                    reasons += q["peers_in_reservoir"] * waiting[p.organisation] / people[p.organisation]
            yearly = 1 / (
                1 + math.exp(-(logit(q["base_contract" if p.contract else "base_established"]) + reasons))
            )
            hazards[p] = 1 - (1 - yearly) ** (1 / self.year)
        for p, hazard in hazards.items():
            if luck[p] < hazard:
                self.leave(p, "resigned", severance=False)

    def develop(self):
        g, m = self.world["growth"], self.world["municipality"]
        rho, n = m["persistence"], self.organisations - 1
        output, posts = [0.0] * (n + 1), [0] * (n + 1)
        for d in self.departments:
            if d.kind == 0:
                posts[d.organisation] += d.size
        for p in self.all:
            present = p.employed or p.left_quarter == self.quarter
            if present and p.worked_in is not None and p.worked_in.kind == 0:
                output[p.worked_in.organisation] += p.output
        keys = streams(np.full(n, self.replication), np.arange(n) + 2**43)
        luck = self.draws.normal("growth_shock", self.quarter, keys).tolist()
        first = self.shock is None
        self.shock = [
            x if first else rho * old + math.sqrt(1 - rho**2) * x
            for x, old in zip(luck, self.shock or luck, strict=True)
        ]
        usual = 1 + self.behaviour["ability"]["output_sd"] * self.mu
        a_post = [o / k if k else usual for o, k in zip(output, posts, strict=True)]
        self.growth = [
            g["base"] + g["output_effect"] * (a_post[i] - usual) + g["shock_sd"] * self.shock[i]
            for i in range(n)
        ]
        keys = streams(np.full(m["units"] - 1, self.replication), np.arange(m["units"] - 1) + 2**42)
        luck = self.draws.normal("peer_growth", self.quarter, keys).tolist()
        self.peer_growth = [
            x if first else rho * old + math.sqrt(1 - rho**2) * x
            for x, old in zip(luck, self.peer_growth or luck, strict=True)
        ]
        peers = [g["base"] + g["shock_sd"] * x for x in self.peer_growth]
        self.municipal_rank = [1 + sum(other > x for other in peers) for x in self.growth]


__all__ = ["Person", "Twin", "newcomers"]
