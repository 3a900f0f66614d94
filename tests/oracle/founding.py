"""Quarter 0, one post and one person at a time (ODD 7.1, 7.2)."""

import math
from statistics import NormalDist

import mesa
import numpy as np
from scipy.special import ndtri

from sim.core.draws import streams
from sim.core.orders import best_of
from sim.core.shapes import shaped, shaped_moments
from tests.oracle import roster

KINDS = ("economic", "social", "administrative")
Phi = NormalDist().cdf


def quantile(share):
    return float(ndtri(share))


def half_up(x):
    return math.floor(x + 0.5)


class Person(mesa.Agent):
    """Somebody employed, or once employed; plain attributes."""

    def __init__(self, model, post, occupant, quarter):
        super().__init__(model)
        self.person = post.number * 10_000 + occupant
        self.stream = int(streams(np.array([model.replication]), np.array([self.person]))[0])
        self.post, self.department, self.organisation = post, post.department, post.organisation
        self.home = post.department
        self.leader, self.manager, self.rank = post.leader, post.manager, post.rank
        self.role = self.first_role = post.rank
        self.employed, self.contract, self.contract_end = True, False, 0
        self.age_quarters = self.service_quarters = 0
        self.quarters_in_department = self.quarters_in_post = self.quarters_in_rank = (
            self.excellent_in_rank
        ) = 0
        self.effort = self.unmeasured_effort = self.morale = self.contribution = self.output = self.score = (
            0.0
        )
        self.ramp, self.ramp_gap = 1.0, 0.0
        self.score_sum, self.quarters_scored, self.annual_score, self.grade = 0.0, 0, 0.0, -1
        self.grade_place = -1
        self.target_met, self.normal_pay = -1, 0.0
        self.gaming_luck, self.gaming, self.gaming_sum, self.padding = 1.0, 0.0, 0.0, 0.0
        self.caught, self.near_target, self.target_prize = False, 0, 0.0
        self.helped = self.withheld = self.project = self.project_reported = self.reward = 0.0
        self.project_choice, self.rank_share, self.pooled_score, self.displaced = -1, 0.5, 0.0, -1
        self.pay = self.base_pay = self.quarterly_pay = self.grade_pay = self.annual_pay = 0.0
        self.pay_reference, self.reservoir_since, self.returning = -1.0, -1, -1
        self.roster_pay, self.contract_taste, self.premium = -1.0, 0.0, 0.0
        self.group = -1
        self.flagged = self.removed = False
        self.probation_quarters, self.probation_sum = -1, 0.0
        self.hired_quarter, self.left_quarter = quarter, -1
        self.strikes = {}
        post.occupant, post.vacant_since = self, -1

    @property
    def at_work(self):
        return self.post is not None and not self.leader


class Post:
    def __init__(self, number, organisation, department, rank, manager=False, leader=False, indicator=False):
        self.number, self.organisation, self.department, self.rank = number, organisation, department, rank
        self.manager, self.leader, self.indicator = manager, leader, indicator
        self.occupants, self.vacant_since, self.occupant = 1, -1, None


class Department:
    def __init__(self, number, organisation, kind):
        self.number, self.organisation, self.kind = number, organisation, kind
        self.size, self.posts = 0, []
        self.cut = 1.0
        self.law, self.scale, self.host, self.flags_of_year, self.named = None, 1.0, None, {}, {}
        self.difficulty = self.hard_share = self.indicator = self.rater_bias = self.interdependence = 0.0
        self.open, self.last = True, False
        self.load = None  # before the first quarter people carry what is usual


def departments(model):
    """All departments with sizes, difficulty and the weight of hard indicators."""
    structure, cities = model.structure, len(model.world["new_cities"])
    tier = structure["new_cities"]
    even, rest = divmod(tier["departments"], cities)
    found = []
    for organisation in range(cities + 1):
        own = tier if organisation < cities else structure["area_level"]
        n = even + (organisation < rest) if organisation < cities else own["departments"]
        economic = min(n, half_up(own["economic_share"] * n))
        social = min(n - economic, half_up(own["social_share"] * n))
        kinds = [0] * economic + [1] * social + [2] * (n - economic - social)
        found += [Department(len(found) + i, organisation, kind) for i, kind in enumerate(kinds)]
    sizes = None
    if model.world["roster"]:
        found, sizes = roster.departments(model, Department)
    keys = np.array([d.number + 2**41 for d in found], dtype=np.int64)
    model.department_streams = streams(np.full(len(found), model.replication), keys)
    size, count = structure["department_size"], len(found)
    s = math.sqrt(math.log(1 + size["variation"] ** 2))
    raw = [
        size["mean"] * math.exp(s * x - s * s / 2)
        for x in model.draws.normal("department_size", 0, model.department_streams).tolist()
    ]
    above = [min(max(x, size["smallest"]), size["largest"]) - size["smallest"] for x in raw]
    spare = half_up(size["mean"] * count) - size["smallest"] * count
    total = sum(above)
    exact = [x * (spare / total) if total > 0 else spare / count for x in above]
    whole = [math.floor(x) for x in exact]
    for i in sorted(range(count), key=lambda i: (whole[i] - exact[i], i))[: round(spare - sum(whole))]:
        whole[i] += 1
    rating = model.behaviour["rating"]
    bias = model.draws.normal("rater_bias", 0, model.department_streams).tolist()
    for d, x in zip(found, bias, strict=True):
        d.rater_bias = rating["group_bias_sd"] * x
        own = tier if d.organisation < cities else structure["area_level"]
        d.interdependence = own["interdependence"]
    for d, extra, luck in zip(
        found, whole, model.draws.normal("difficulty", 0, model.department_streams).tolist(), strict=True
    ):
        d.size = sizes[d.number] if sizes else sum(structure["posts_by_rank"]) or size["smallest"] + extra
        d.difficulty = model.world["difficulty_sd"] * luck
        d.hard_share = rating[f"hard_share_{KINDS[d.kind]}"]
    return found


def pyramid(posts_by_rank):
    """Ranks of a department's posts, the highest first."""
    top = len(posts_by_rank)
    return [top - level for level, count in enumerate(posts_by_rank) for _ in range(count)]


def spread(shares, count, lowest):
    """Ranks of so many posts by shares of the ranks from the lowest up, the highest first."""
    found = []
    for place in range(len(shares) - 1, 0, -1):
        found += [lowest + place] * min(half_up(shares[place] * count), count - len(found))
    return found + [lowest] * (count - len(found))


def posts(model):
    if model.world["roster"]:
        return roster.posts(model, Post)
    found, structure = [], model.structure
    for d in model.departments:
        managers = (
            max(1, half_up(structure["manager_share"] * d.size))
            if structure["manager_share"] > 0 and d.size > 1
            else 0
        )
        staff = d.size - managers
        head, deputies = [model.leader_rank - 1] * min(1, managers), max(0, managers - 1)
        below = structure["manager_rank_shares"]
        deputies = spread(below, deputies, model.first_manager) if below else head * deputies
        ranks = pyramid(structure["posts_by_rank"]) or (
            head + deputies + spread(structure["rank_shares"], staff, 1)
        )
        if structure["posts_by_rank"]:
            managers = sum(rank >= model.first_manager for rank in ranks)
        holder = managers if staff > 0 else 0
        for place, rank in enumerate(ranks):
            found.append(Post(len(found), d.organisation, d, rank, place < managers, False, place == holder))
        d.posts = found[-d.size :]
    for organisation in range(len(model.world["new_cities"]) + 1):
        for _ in range(model.world["leaders_per_organisation"]):
            found.append(Post(len(found), organisation, None, model.leader_rank, leader=True))
    return found


def moments(model):
    hiring, a = model.behaviour["hiring"], model.behaviour["ability"]
    v = hiring["validity"]
    mean, variance = best_of(1 / hiring["selection_ratio"])
    return shaped_moments(v * mean, v**2 * variance + (1 - v**2), a["distribution"], a["tail"], bounds(a))


def bounds(a):
    """Lowest and highest ability."""
    bounded = a["distribution"] in ("clipped", "truncated")
    return (a["lowest"], a["highest"]) if bounded else (-math.inf, math.inf)


def best_applicant(model, selection, rest):
    return bent(model, applicant(model, selection, rest))


def applicant(model, selection, rest):
    hiring = model.behaviour["hiring"]
    v = hiring["validity"]
    return v * model.quantile(selection ** hiring["selection_ratio"]) + math.sqrt(1 - v * v) * rest


def bent(model, x):
    """A standard value in the shape of ability."""
    a = model.behaviour["ability"]
    if a["distribution"] in ("clipped", "truncated"):
        return within(Phi(x), *bounds(a), a["distribution"] == "clipped")
    return float(shaped(np.array([x]), a["distribution"], a["tail"])[0])


def together(some, others, c):
    """Covariance of two weighted sums of skills of variance 1 that correlate c."""
    pairs = [(i == j, v * w) for i, v in enumerate(some) for j, w in enumerate(others)]
    return sum(product if same else c * product for same, product in pairs)


def applicants_skills(model, p, first, c):
    """Somebody's skills: own luck, moved so that the role applied for finds what was drawn for it."""
    now, model.quarter = model.quarter, 0
    drawn = applicant(model, model.uniform("selection", [p])[p], model.normal("ability", [p])[p])
    common = model.normal("skill_common", [p])[p]
    special = [model.normal(f"skill:{i}", [p])[p] for i in range(len(first))]
    model.quarter = now
    luck = [math.sqrt(c) * common + math.sqrt(1 - c) * one for one in special]
    spread = math.sqrt(together(first, first, c))
    surprise = drawn - sum(w * z for w, z in zip(first, luck, strict=True)) / spread
    return [
        z + surprise * sum(w if i == j else c * w for j, w in enumerate(first)) / spread
        for i, z in enumerate(luck)
    ]


def mean_ability(model):
    return moments(model)[0]


def ability_variance(model):
    return moments(model)[1]


def error_variance(model, manager):
    rating = model.behaviour["rating"]
    r = rating["reliability_managers"] if manager else rating["reliability_staff"]
    among = ability_variance(model) if rating["reliability_among"] == "founders" else 1.0
    return among * (1 - r) / r


def persistent_variance(model, manager):
    return model.behaviour["rating"]["persistent_share"] * error_variance(model, manager)


def noise_variance(model, manager):
    return model.year * (1 - model.behaviour["rating"]["persistent_share"]) * error_variance(model, manager)


def within(u, low, high, clips):
    """The standard normal of a uniform draw, within bounds."""
    if clips:
        return min(max(quantile(u), low), high)
    return quantile(Phi(low) + u * (Phi(high) - Phi(low)))


def age_of(who, whose, u, first, last):
    """An age for a uniform draw."""
    ages = who[whose]
    if ages["distribution"] == "uniform":
        return first + (last - first) * u
    oldest = min(ages["oldest"], who["retirement_age"])
    low, high = (ages["youngest"] - ages["mean"]) / ages["sd"], (oldest - ages["mean"]) / ages["sd"]
    return ages["mean"] + ages["sd"] * within(u, low, high, ages["distribution"] == "clipped")


def usual_help(model):
    """What everybody gives colleagues on joining."""
    helping = model.behaviour["helping"]
    return helping["altruism"] / helping["cost_of_helping"]


def group_of(model, p, luck, founder):
    """Place of the person's group among the names in alphabetical order; -1 where there are none."""
    groups, total = model.world["people"]["groups"], 0.0
    said = roster.group(model, p) if founder and model.world["roster"] else ""
    names = sorted(groups)
    if said:
        return names.index(said)
    for place, name in enumerate(names):
        by_rank = groups[name]["at_founding"] if founder else ()
        total += by_rank[p.rank - 1] if by_rank else groups[name]["share"]
        if luck < total or place == len(names) - 1:
            return place
    return -1


def of_groups(model, p, what):
    """What the person's group adds to `what`."""
    groups = model.world["people"]["groups"]
    return groups[sorted(groups)[p.group]][what] if groups else 0.0


def newcomers(model, people, shift, spread=1.0):
    """Ability, rater, belief, target and age of people from outside."""
    Q = model.year
    now, model.quarter = model.quarter, 0
    chosen, rest = model.uniform("selection", people), model.normal("ability", people)
    rater, age = model.normal("rater_error", people), model.uniform("hire_age", people)
    can_game, of_group = model.uniform("can_game", people), model.uniform("group", people)
    model.quarter = now
    for p in people:
        p.group = group_of(model, p, of_group[p], now == 0)
        best = best_applicant(model, chosen[p], rest[p])
        p.ability = model.mu + spread * (best - model.mu) + shift[p] + of_groups(model, p, "ability")
        p.gaming_luck, p.pooled_score = can_game[p], model.mu + shift[p]
        p.helping = usual_help(model)
        persistent = persistent_variance(model, p.manager)
        p.rater_error = math.sqrt(persistent) * rater[p]
        p.belief, p.belief_variance = model.mu + shift[p], spread**2 * model.V + persistent
        p.target = p.belief + (p.department.hard_share * p.department.difficulty if p.department else 0.0)
        who = model.world["people"]
        p.age_quarters = math.floor(
            age_of(who, "hire_ages", age[p], who["youngest_hire"], who["oldest_hire"]) * Q
        )


def people(model):
    """One founder a post; a roster's posts may be vacant."""
    found = [Person(model, post, 0, 0) for post in model.posts if post.occupants]
    newcomers(model, found, dict.fromkeys(found, 0.0))
    if model.world["roster"]:
        return roster.lives(model, found)
    who, Q = model.world["people"], model.year
    age, service, rank = (model.uniform(d, found) for d in ("age", "service", "time_in_rank"))
    lives = {}
    for p in found:
        oldest = min(who["oldest_founder"], who["retirement_age"])
        p.age_quarters = math.floor(age_of(who, "founder_ages", age[p], who["youngest_founder"], oldest) * Q)
        hired_at = math.floor(
            age_of(who, "hire_ages", service[p], who["youngest_hire"], who["oldest_hire"]) * Q
        )
        p.service_quarters = max(Q, p.age_quarters - hired_at)
        lives.setdefault((p.department.number if p.department else -1, p.manager), []).append(p)
    for tier in lives.values() if who["founders_placed_by"] == "seniority" else ():
        longest = [
            (p.age_quarters, p.service_quarters)
            for p in sorted(tier, key=lambda p: (p.service_quarters, p.stream))
        ]
        for p, (years, served) in zip(
            sorted(tier, key=lambda p: (p.rank, p.post.number)), longest, strict=True
        ):
            p.age_quarters, p.service_quarters = years, served
    for p in found:
        p.quarters_in_department = p.quarters_in_post = min(p.service_quarters, 5 * Q)
        p.quarters_in_rank = math.floor(4 * Q * rank[p])
    return found
