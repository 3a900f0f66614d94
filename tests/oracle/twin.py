"""The model one person at a time, in plain Mesa: what the column engine must equal, written from ODD.md section 7."""

import math
from statistics import NormalDist

import mesa
import numpy as np
from scipy.special import ndtri

from sim.core.draws import Draws, streams
from tests.oracle import floating, founding
from tests.oracle.founding import Person, newcomers
from tests.oracle.laws import Laws
from tests.oracle.moves import Moves
from tests.oracle.outlook import Outlook, known_part, quantile
from tests.oracle.place import Place
from tests.oracle.services import Services

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


phi, Phi = NormalDist().pdf, NormalDist().cdf


def selection(regime):
    return regime["adjustment"].get("selection", "rule")


def logit(p):
    return math.log(p / (1 - p))


class Twin(Laws, Moves, Place, Services, mesa.Model):
    """One replication of a resolved scenario.

    Args:
        scenario: as `Scenario.resolved()` gives it.
        seed, replication: whose luck.
        phase: what is in force everywhere in a quarter, a dict with `behaviour` and `structure`.
        changes: quarters at whose close something changes.
        reforms: the regime of the founding; the entries of regimes that come into force in a quarter, each (where, what
            becomes of settings); all regimes that ever are.
        by_the_rule: this is the rule's course of a lottery or of pooled selection.
    """

    def __init__(self, scenario, seed, replication, phase, changes, reforms, by_the_rule=False):
        super().__init__(rng=seed)
        self.course, self.by_the_rule, self.opened = None, by_the_rule, {}
        founding_regime, self.entries, regimes = reforms
        if not by_the_rule and any(selection(regime) != "rule" for regime in regimes):
            self.course = Twin(scenario, seed, replication, phase, changes, reforms, by_the_rule=True)
        self.draws, self.replication, self.quarter = Draws(seed), replication, 0
        self.year = scenario["calendar"]["quarters_per_year"]
        self.world, self.structure = scenario["world"], scenario["structure"]
        ranks = self.structure["ranks"]
        self.first_manager, self.leader_rank = ranks["staff"] + 1, ranks["staff"] + ranks["managers"] + 1
        self.hold, self.hold_after = scenario["hold"], scenario["hold_after"]
        self.phase, self.changes = phase, changes
        self.founding_powers = scenario["structure"]["powers"]
        self.events, self.all = [], []
        self.use_behaviour(phase(0)["behaviour"])
        self.turnover = dict.fromkeys(range(1, 14), self.behaviour["stakes"]["expected_turnover"])
        self.organisations = len(self.world["new_cities"]) + 1
        self.departments = founding.departments(self)
        self.found_laws(founding_regime)
        self.posts = founding.posts(self)
        self.posts_ranked = 0, 0
        self.all = founding.people(self)
        self.ranks_indicators = any(
            (trigger or {}).get("kind") == "last_in_municipality"
            for regime in regimes
            for trigger in regime["adjustment"].get("triggers", {}).values()
        )
        self.peers = self.peer_growth = self.shock = None
        self.growth = [self.world["growth"]["base"]] * (self.organisations - 1)
        self.municipal_rank = [0] * (self.organisations - 1)
        self.found_place()
        self.found_services()
        self.cycle, self.lives = 0.0, [(p.service_quarters, p.age_quarters) for p in self.at_work]
        for _ in self.each_law():
            self._found_rules()
        if self.world["roster"]:
            founding.roster.pay(self, self.all)

    def _found_rules(self):
        """Strikes, contracts and the scale of pay at the founding."""
        for p in self.all:
            p.strikes = dict.fromkeys(self.rules["adjustment"].listed, 0)
            p.worked_in = None
        self._found_contracts()
        scale = len(self.at_work) / sum(self.raw_pay(p) * (1 + self.premium_of(p)) for p in self.at_work)
        self.scale_of_leaders = [scale] * self.organisations
        for d in self.departments:
            d.scale = scale
        self.refresh_pay()

    def _found_contracts(self):
        rule, people = self.rules["appointment"], [p for p in self.all if not p.leader]
        luck, status = self.uniform("first_term", people), self.uniform("status", people)
        for p in people:
            if rule.contract or not self.world["roster"]:
                mixed = status[p] < self.world["people"]["contract_share"]
                p.contract, p.contract_end = rule.contract or mixed, rule.first_end(0, self.year, luck[p])

    # ---- who and what

    @property
    def staff(self):
        return [p for p in self.all if p.employed and self.is_meant(p)]

    @property
    def at_work(self):
        return [p for p in self.all if p.employed and p.at_work and self.is_meant(p)]

    @property
    def waiting(self):
        return [p for p in self.all if p.employed and p.reservoir_since >= 0 and self.is_meant(p)]

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

    def persistent_variance(self, manager):
        return founding.persistent_variance(self, manager)

    def noise_variance(self, manager):
        return founding.noise_variance(self, manager)

    def raw_pay(self, p, rank=None):
        return self.rules["salaries"].normal(p, p.rank if rank is None else rank, self.year)

    def pay_step(self, p):
        return (
            self.raw_pay(p, p.rank + 1) * self.scale_of(p) * (1 + p.premium) - p.normal_pay
            if p.at_work and p.rank < self.highest_rank
            else 0.0
        )

    @property
    def highest_rank(self):
        counted = len(self.posts), sum(d.size for d in self.departments)
        if self.posts_ranked != counted:
            self.posts_ranked = counted
            self.highest_of_posts = max(
                self.leader_rank - 1, *(post.rank for post in self.posts if post.department is not None)
            )
        return self.highest_of_posts

    @property
    def present(self):
        """The posts of departments; those that fell away count nowhere."""
        return [post for post in self.own_posts if post.department is not None]

    @property
    def counted(self):
        return [post for post in self.own_posts if post.leader or post.department is not None]

    def refresh_pay(self):
        for p in self.staff:
            p.premium = self.premium_of(p)
            p.normal_pay = self.raw_pay(p) * self.scale_of(p) * (1 + p.premium)

    def premium_of(self, p, contract=None):
        """What a contract adds to normal pay, as a share."""
        contract = p.contract if contract is None else contract
        return self.cut_of(p) * (1 + self.rules["salaries"].contract_premium * contract) - 1

    def holds(self, what):
        if what not in self.hold or not (self.hold_after or self.changes):
            return False
        return self.quarter > (self.hold_after or self.changes[0])

    def strength(self, department):
        """What people add to the department's indicator, its holder's own part apart."""
        people, h = self.members_of(department), self.world["municipality"]["holder_share"]
        if not people:
            return 0.0
        mean = sum(p.ability + p.effort - self.mu for p in people) / len(people)
        held = [p.ability + p.effort - self.mu for p in people if p.post.indicator]
        return h * held[0] + (1 - h) * mean if held else mean

    # ---- the quarter

    def step(self):
        self.quarter += 1
        if self.course is not None:
            self.course.step()
        for law in self.laws:
            law.groups_flagged = {}
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
        for p in self.all:
            p.worked_in = None
        now = self.phase(self.quarter)
        if now["behaviour"] != self.behaviour:
            self.use_behaviour(now["behaviour"])
        if now["structure"] != self.structure:
            self.reorganise(now["structure"])
        entries = self.entries(self.quarter)
        if entries:
            self.change_laws(entries)
        if self.quarter % self.year == 1 or self.year == 1:
            kept = self.behaviour["rating"]["persistence"]
            luck = self.normal("rater_error", self.staff)
            for p in self.staff:
                p.score_sum, p.quarters_scored, p.gaming_sum = 0.0, 0, 0.0
                p.caught, p.near_target = False, 0
                if self.quarter > 1 and kept < 1:
                    persistent = self.persistent_variance(p.manager)
                    p.rater_error = (
                        kept * p.rater_error + math.sqrt(1 - kept**2) * math.sqrt(persistent) * luck[p]
                    )
                    p.belief_variance += (1 - kept**2) * persistent
        for _ in self.each_law():
            self.refresh_pay()
        self.move_labour_market()
        for p in self.staff:
            p.flagged = p.removed = False

    def move_labour_market(self):
        rho, key = (
            self.world["labour_market"]["persistence"],
            streams(np.array([self.replication]), np.array([2**47])),
        )
        luck = float(self.draws.normal("labour_market", self.quarter, key)[0])
        self.cycle = luck if self.quarter == 1 else rho * self.cycle + math.sqrt(1 - rho**2) * luck

    def life(self, service, age):
        """What quarters of service and age add to the log-odds of resigning."""
        q, Q = self.behaviour["quits"], self.year
        return -q["tenure"] * math.log(1 + service / Q) - q["age"] * (age / Q - 35) / 10

    def best_effort(self, marginal, floating_share):
        e = self.behaviour["effort"]
        theta = e["cost"] * e["scale"] / e["curvature"]
        drive = max(0.0, 1 - e["crowding_out"] * floating_share + e["response"] * marginal / theta)
        return e["scale"] * (drive ** (1 / e["curvature"]) - 1)

    def work(self):
        e, a = self.behaviour["effort"], self.behaviour["ability"]
        for _ in self.each_law():
            self._choose(e)
        self._receive_help()
        for _ in self.each_law():
            self._projects(e)
        for p in self.staff:
            if p.post is not None:
                p.quarters_in_department += 1
                p.quarters_in_post += 1
                p.quarters_in_rank += 1
                p.ramp = 1 - p.ramp_gap * math.exp(-(max(p.quarters_in_post, 1) - 1) / a["ramp_quarters"])
            p.service_quarters += 1
            p.age_quarters += 1
            y = p.ability + e["measured_weight"] * p.effort + e["unmeasured_weight"] * p.unmeasured_effort
            y += p.helped + p.project
            p.worked_in = p.department if p.at_work else None
            p.contribution = y if p.at_work else 0.0
            p.output = (1 + a["output_sd"] * y) * p.ramp * self.transition() if p.at_work else 0.0

    def _choose(self, e):
        outlook = Outlook(self)
        people = self.at_work
        faces = {slot: self.rules[slot].faces(self, outlook) for slot in SLOTS if slot != "adjustment"}
        outlook.other_reward = {p: sum(own[0].get(p, 0.0) for own in faces.values()) for p in people}
        faces["adjustment"] = self.rules["adjustment"].faces(self, outlook)
        floating = faces["floating_pay"][0]
        self.floating_worth = sum(floating.get(p, 0.0) for p in people) / len(people) if people else 0.0
        total = [
            {p: sum(faces[slot][face].get(p, 0.0) for slot in SLOTS) for p in people} for face in range(3)
        ]
        prizes = self.rules["floating_pay"].prizes(self, outlook)
        for p in self.staff:
            p.target_prize = prizes.get(p, 0.0)
        if not self.holds("effort"):
            self._choose_effort(e, outlook, total[0])
            self._choose_help(e, total[1], total[2])
        if not self.holds("gaming"):
            self._choose_gaming(e, total[0])

    def _choose_help(self, e, rank, team):
        h = self.behaviour["helping"]
        for p in self.staff:
            if not p.at_work:
                p.helping = 0.0
                continue
            n = h["altruism"] + e["response"] * (team[p] - rank[p])
            goal = n / h["cost_of_helping" if n > 0 else "cost_of_sabotage"]
            p.helping += e["damping"] * (goal - p.helping)

    def _receive_help(self):
        for p in self.all:
            p.helped = 0.0
        for d in self.departments:
            people = self.members_of(d)
            total = sum(p.helping for p in people)
            for p in people:
                if len(people) > 1:
                    p.helped = d.interdependence * (total - p.helping) / (len(people) - 1)

    def penalty(self):
        return self.rules["appraisal"].audit_rate * self.behaviour["stakes"]["caught"]

    def can_game(self, p):
        return p.gaming_luck < self.behaviour["gaming"]["manipulability"]

    def _choose_gaming(self, e, marginal):
        k = self.behaviour["gaming"]["cost"]
        for p in self.staff:
            if not (p.at_work and self.can_game(p) and self.rules["appraisal"].ranks):
                p.gaming = 0.0
                continue
            goal = max(0.0, (e["response"] * marginal[p] * p.department.hard_share - self.penalty()) / k)
            p.gaming += e["damping"] * (goal - p.gaming)

    def _projects(self, e):
        r, forgiveness = self.behaviour["risk"], self.rules["appraisal"].forgiveness
        if r["sd"] > 0:
            a = r["gain"] / r["sd"]
            better = r["sd"] * (phi(a) + a * Phi(a))
        else:
            better = max(0.0, r["gain"])
        worse = better - r["gain"]
        people = self.at_work
        met, luck, spared = (
            self.uniform("project_met", people),
            self.normal("project", people),
            self.uniform("forgiven", people),
        )
        streams_of = np.array([p.stream for p in people], dtype=np.uint64)
        taste = dict(zip(people, self.draws.normal("risk_aversion", 0, streams_of).tolist(), strict=True))
        for p in self.staff:
            p.project_choice, p.project, p.project_reported = -1, 0.0, 0.0
            if not p.at_work or met[p] >= r["share"]:
                continue
            aversion = r["aversion"] * math.exp(r["aversion_spread"] * taste[p])
            own = e["response"] * p.reward * (better - aversion * (1 - forgiveness) * worse)
            p.project_choice = int(r["public_worth"] * r["gain"] + own > 0)
            if p.project_choice:
                p.project = r["gain"] + r["sd"] * luck[p]
                p.project_reported = 0.0 if p.project < 0 and spared[p] < forgiveness else p.project

    def _choose_effort(self, e, outlook, total):
        u0 = self.best_effort(0.0, self.floating_share)
        for p in self.staff:
            if not p.at_work:
                p.effort = p.unmeasured_effort = p.withheld = p.reward = 0.0
                continue
            w = p.department.hard_share
            marginal = p.reward = total[p]
            rated = e["measured_weight"] - e["unmeasured_weight"] * e["neglect"]
            slope = w + (1 - w) * rated
            best = self.best_effort(marginal * slope, self.floating_share)
            surprise = (p.pay - p.pay_reference) / p.pay_reference if p.pay_reference > 0 else 0.0
            mood = (1 + e["feedback"] * (2 * p.rank_share - 1)) * (1 - e["fair_wage"] * max(0.0, -surprise))
            goal = (e["scale"] + best) * mood - e["scale"]
            full = p.effort + p.withheld
            safe = self.target_is_safe(p, outlook, slope * full)
            full += e["damping"] * (goal - full)
            p.withheld = e["withholding"] * max(0.0, full) if safe else 0.0
            p.effort = full - p.withheld
            p.unmeasured_effort = u0 - e["neglect"] * (p.effort - u0) + e["morale_effect"] * p.morale

    def target_is_safe(self, p, outlook, from_effort):
        last = (self.quarter - 1) % self.year == self.year - 1
        if not (last and self.rules["contributions"].own_report and p in outlook.year.z):
            return False
        return (p.score_sum + outlook.own[p] - from_effort) / self.year >= p.target

    def measure(self):
        noise = self.normal("score_noise", self.at_work)
        shape = self.behaviour["rating"]["noise"]
        if shape != "normal":
            share = self.uniform("score_noise", self.at_work)
            noise = {p: quantile(shape, u) for p, u in share.items()}
        for p in self.staff:
            p.score = 0.0
            if p.at_work:
                p.score = (
                    p.ability
                    + known_part(self, p)
                    + p.rater_error
                    + founding.of_groups(self, p, "rating_bias")
                    + (1 - p.department.hard_share) * p.department.rater_bias
                    + p.project_reported
                    + math.sqrt(self.noise_variance(p.manager)) * noise[p]
                )
                p.score_sum += p.score
            p.gaming_sum += p.gaming
            if p.at_work:
                p.quarters_scored += 1
                if p.probation_quarters >= 0 and self.law_of(p).rules["adjustment"].has_probation:
                    p.probation_quarters += 1
                    p.probation_sum += p.score
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
        for _ in self.each_law():
            self._pay_out()

    def _pay_out(self):
        rule, f, Q = self.rules["floating_pay"], self.floating_share, self.year
        paid, kept = rule.pay(self), self.rules["adjustment"].reservoir["pay_share"]
        for p in self.staff:
            normal = p.normal_pay / Q
            p.base_pay = (1 - f) * normal if p.at_work else normal if p.leader else (1 - f) * normal * kept
            p.quarterly_pay, p.grade_pay, p.annual_pay = paid.get(p, (0.0, 0.0, 0.0))
            p.pay = p.base_pay + p.quarterly_pay + p.grade_pay + p.annual_pay

    def appraise(self):
        for _ in self.each_law() if self.quarter % self.year == 0 else ():
            self._appraise()

    def _appraise(self):
        appraised = self.appraised()
        for p in appraised:
            p.annual_score = p.score_sum / self.year
        self._pad(appraised)
        self._audit(appraised)
        self._take_turns(appraised)
        for group in self.grouped(appraised).values():
            for place, p in enumerate(sorted(group, key=lambda p: (p.annual_score, p.stream))):
                p.rank_share = (place + 0.5) / len(group)
        for p in appraised:
            w = p.department.hard_share
            news = p.annual_score - w * p.department.difficulty - (1 - w) * p.department.rater_bias
            p.pooled_score += 0.5 * (news - p.pooled_score)
        rule = self.rules["appraisal"]
        for p, place in rule.grade(self, appraised).items():
            p.grade_place = 0 if p.caught and p in appraised else place
            p.grade = grade = rule.counted(p.grade_place)
            if grade == 3:
                p.excellent_in_rank += 1

    def _pad(self, appraised):
        for p in appraised:
            p.padding = 0.0
        if self.holds("gaming") or not self.rules["contributions"].sets:
            return
        k, f = self.behaviour["gaming"]["cost"], self.penalty()
        for p in appraised:
            prize = self.behaviour["effort"]["response"] * p.target_prize
            missing = p.target - p.annual_score
            if self.can_game(p) and 0 < missing <= (math.sqrt(f * f + 2 * k * prize) - f) / k:
                p.padding, p.annual_score = missing, p.target

    def _audit(self, appraised):
        luck = self.uniform("audit", appraised)
        for p in appraised:
            gamed = p.gaming_sum / self.year
            if luck[p] < self.rules["appraisal"].audit_rate * (gamed + p.padding):
                p.caught = True
                p.annual_score -= p.department.hard_share * gamed + p.padding
                self.record("caught", p)

    def _take_turns(self, appraised):
        rule, chance = self.rules["adjustment"], self.behaviour["collusion"]["chance"]
        binding = [
            (name, t)
            for name, t in rule.listed.items()
            if t.settings["kind"] == "last_in_department"
            and t.in_a_row >= 2
            and not t.by_quarter()
            and t.follows != "probation"
        ]
        if chance == 0 or rule.selection != "rule" or not binding:
            return
        name, trigger = binding[0]
        loss = rule.enforcement * rule.losses(self)[trigger.follows]
        for group, people in self.grouped([p for p in appraised if not p.manager]).items():
            n = len(people)
            if n < 2 or self.group_uniform("collusion", group) >= min(1.0, chance * (loss / 0.5) * (20 / n)):
                continue
            people.sort(key=lambda p: (p.annual_score, p.stream))
            clean = [p for p in people if p.strikes[name] == 0]
            if people[0].strikes[name] > 0 and clean:
                a, b = people[0], clean[0]
                a.annual_score, b.annual_score = b.annual_score, a.annual_score

    def close_year(self):
        if self.quarter % self.year:
            return
        if not self.holds("workforce"):
            self.come_back_from_agencies()
        for _ in self.each_law():
            self.rules["contributions"].close_year(self, self.appraised())
            if not self.holds("workforce"):
                self._close_year()
        if not self.holds("workforce"):
            self._learn_turnover()

    def _close_year(self):
        if self.rules["posts"].follows_person:
            self.promote_in_rank()
        rule = self.rules["appointment"]
        for p in [p for p in self.staff if rule.contract and p.contract and p.contract_end == self.quarter]:
            if p.grade == -1 or p.grade >= rule.renewal_grade:
                p.contract_end = rule.end(self.quarter, self.year)
            else:
                self.leave(p, "not_renewed")
        self.reshuffle()
        self.move_headcount()

    def _learn_turnover(self):
        """Expected openings move towards those of the year that ends."""
        speed = self.behaviour["stakes"]["turnover_learning"]
        for rank in self.turnover:
            posts = sum(post.rank == rank for post in self.present)
            if posts:
                self.turnover[rank] += speed * (self.opened.get(rank, 0) / posts - self.turnover[rank])
        self.opened = {}

    def reshuffle(self):
        rule = self.rules["posts"]
        if not hasattr(rule, "reshuffle"):
            return
        moves = rule.reshuffle(self, self.appraised())
        for p, _ in moves:
            self.record("reposted", p)
            self.vacate(p)
        for p, post in moves:
            self.take_post(p, post)
            p.ramp_gap = 1 - p.ramp

    def believed_standing(self, p):
        sd = math.sqrt(self.V + self.persistent_variance(p.manager))
        return min(3.0, max(-3.0, (p.belief - self.mu) / (sd if sd > 0 else 1.0)))

    def _gone(self):
        """Share of the others who worked in the same department that was flagged or removed, by person."""
        present = self._present()
        teams = {}
        for p in present:
            teams.setdefault(p.worked_in, []).append(p.flagged or p.removed)
        return {
            p: (sum(teams[p.worked_in]) - (p.flagged or p.removed)) / (len(teams[p.worked_in]) - 1)
            for p in present
            if len(teams[p.worked_in]) > 1
        }

    def respond(self):
        m, x = self.behaviour["morale"], {}
        gone, usual = self._gone(), self.world["demand"]["usual_load"]
        for p in self.staff:
            if p.at_work and p.quarters_in_post > 0:
                noise = self.noise_variance(p.manager)
                total = p.belief_variance + noise
                gain = p.belief_variance / total if total > 0 else 0.0
                known = known_part(self, p, None if self.behaviour["belief"]["difficulty_known"] else 0.0)
                known += p.project_reported
                p.belief += gain * (p.score - known - p.belief)
                p.belief_variance *= 1 - gain
            x[p] = self.believed_standing(p)
            surprise = (p.pay - p.pay_reference) / p.pay_reference if p.pay_reference > 0 else 0.0
            felt = max(0.0, surprise) + m["loss_aversion"] * min(0.0, surprise)
            p.morale = m["persistence"] * p.morale + m["sensitivity"] * (
                felt - (p.flagged and x[p] > m["fair_cut"])
            )
            load = p.worked_in.load if p.worked_in else None
            p.morale -= m["survivors"] * gone.get(p, 0.0) + m["load"] * (
                (usual if load is None else load) - usual
            )
            reference = p.pay_reference if p.pay_reference > 0 else p.pay
            p.pay_reference = reference + m["reference_speed"] * (p.pay - reference)
        if self.holds("workforce"):
            return
        self._resign(x, self._shares_in_reservoir())
        for p in self.staff:
            if p.age_quarters >= self.world["people"]["retirement_age"] * self.year:
                self.leave(p, "retired", severance=False)

    def _shares_in_reservoir(self):
        people, waiting = {}, {}
        for p in self.staff:
            people[p.organisation] = people.get(p.organisation, 0) + 1
            waiting[p.organisation] = waiting.get(p.organisation, 0) + (p.reservoir_since >= 0)
        return {organisation: waiting[organisation] / people[organisation] for organisation in people}

    def _resign(self, x, in_reservoir):
        q, luck = self.behaviour["quits"], self.uniform("resignation", self.staff)
        hazards, market = {}, self.world["labour_market"]
        odds = [math.exp(self.life(*life)) for life in self.lives]
        usual = math.log(sum(odds) / len(odds)) if odds else 0.0
        for p in self.staff:
            reasons, selection = 0.0, self.law_of(p).rules["adjustment"].selection
            if not p.leader:
                outside = 1 + market["pay_level"] + market["pay_sd"] * self.cycle
                outside += market["ability_price"] * (p.ability - self.mu)
                gap = outside - (
                    self.year * p.pay * (1 + p.premium) / p.normal_pay if p.normal_pay > 0 else 1.0
                )
                reasons = (
                    q["pay_gap"] * gap
                    - q["morale"] * p.morale
                    + q["standing"] * x[p]
                    + q["standing_squared"] * x[p] ** 2
                )
                reasons += q["in_reservoir"] * (p.reservoir_since >= 0)
                reasons += self.life(p.service_quarters, p.age_quarters) - usual
                reasons += q["by_rank"][p.rank - 1] if p.rank <= len(q["by_rank"]) else 0.0
                reasons -= q["contract_taste"] * p.contract_taste if p.contract else 0.0
                reasons += founding.of_groups(self, p, "quits")
                if selection == "rule":
                    reasons += q["own_strike"] * any(p.strikes.values())
                if selection != "lottery":
                    reasons += q["peers_in_reservoir"] * in_reservoir[p.organisation]
            yearly = 1 / (
                1 + math.exp(-(logit(q["base_contract" if p.contract else "base_established"]) + reasons))
            )
            hazards[p] = 1 - (1 - yearly) ** (1 / self.year)
        for p, hazard in hazards.items():
            if luck[p] < hazard:
                self.leave(p, "resigned", severance=False)

    def develop(self):
        self.serve()
        self.operate()
        g, m = self.world["growth"], self.world["municipality"]
        powers, then = self.structure["powers"], self.founding_powers
        local = powers["economic_local"] / powers["economic_items"]
        local -= then["economic_local"] / then["economic_items"]
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
        cities, held = range(n), self.department_posts()
        allowed = [sum(law.authorised[i] for law in self.laws) for i in cities]
        authorised = [posts[i] * allowed[i] / held[i] if held[i] else 0.0 for i in cities]
        a_post = [output[i] / authorised[i] if authorised[i] else usual for i in cities]
        self.growth = [
            g["base"]
            + g["platform_effect"]
            + g["output_effect"] * (a_post[i] - usual)
            + g["autonomy_effect"] * local
            - g["delay_effect"] * self.economic[i].turnaround
            + g["park_effect"] * self.park_effect(i)
            + g["shock_sd"] * self.shock[i]
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


__all__ = ["Person", "Twin", "floating", "newcomers"]
