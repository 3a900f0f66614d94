"""Moves of single people: reform, flags, posts, leaving, recruiting (ODD 7.7, 7.10-7.12)."""

import math

import numpy as np

from sim.core.draws import streams
from tests.oracle.founding import (
    Person,
    applicants_skills,
    bent,
    best_applicant,
    bounds,
    half_up,
    newcomers,
    of_groups,
    together,
)


class Moves:
    """What changes where people are; mixed into the twin."""

    def record(self, event, p):
        self.events.append((self.quarter, p.person, event))

    def _convert(self, rule, coming):
        """Those whom a regime puts on a contract, or takes off it."""
        if rule.contract:
            self.ask(rule, coming)
        people = [p for p in coming if p.employed and not p.leader]
        luck, taste = self.uniform("first_term", people), self.normal("conversion", people)
        for p in people:
            if rule.contract and not p.contract:
                p.contract_taste = self.behaviour["conversion"]["taste_sd"] * taste[p]
            p.contract, p.contract_end = rule.contract, rule.first_end(self.quarter - 1, self.year, luck[p])
            if rule.contract:
                self.record("converted", p)

    def _fix_posts(self, departments):
        for department in departments:
            for manager in (True, False):
                people = [p for p in self.members_of(department) if p.manager == manager]
                posts = [
                    post for post in self.posts if post.department is department and post.manager == manager
                ]
                people.sort(key=lambda p: (-p.rank, -p.quarters_in_rank, p.stream))
                posts.sort(key=lambda post: (-post.rank, post.number))
                for post in posts:
                    post.occupant = None
                for p, post in zip(people, posts, strict=False):
                    p.post, post.occupant, post.vacant_since = post, p, -1
                    self.set_rank(p, post.rank)
                for post in posts[len(people) :]:
                    post.vacant_since = self.quarter - 1 if post.vacant_since < 0 else post.vacant_since

    def set_rank(self, p, rank):
        if rank != p.rank:
            p.quarters_in_rank = p.excellent_in_rank = 0
        p.rank = rank

    def promote_in_rank(self):
        rule, promoted = self.rules["ranks"], set()
        for target in (r for r in range(self.leader_rank - 1, 1, -1) if r != self.first_manager):
            for organisation in range(self.organisations):
                held = sum(p.organisation == organisation and p.rank == target for p in self.at_work)
                openings = (
                    sum(post.organisation == organisation and post.rank == target for post in self.present)
                    - held
                )
                who = [
                    p
                    for p in self.at_work
                    if p.organisation == organisation
                    and p.rank == target - 1
                    and p not in promoted
                    and rule.eligible(self, p)
                ]
                order = rule.order(self, who)
                who.sort(key=lambda p: (-order[p], -p.stream))
                for p in who[: max(0, openings)]:
                    self.set_rank(p, target)
                    self.record("promoted", p)
                    self.opened[target] = self.opened.get(target, 0) + 1
                    promoted.add(p)

    def told(self, name):
        """Whom a trigger flags in the rule's course, in the places of this regime."""
        same = [law for law in self.course.laws if law.settings == self.law.settings]
        return same[0].groups_flagged.get(name, []) if same else []

    def adjust(self):
        for _ in self.each_law():
            self._adjust()

    def _adjust(self):
        rule, closes = self.rules["adjustment"], self.quarter % self.year == 0
        appraised, flags = self.appraised(), {}
        self.flagged_by = flags
        for name, trigger in rule.listed.items():
            if trigger.by_quarter() or closes:
                assessed = self.ranked() if trigger.by_quarter() else appraised
                flags[name] = self._flag(rule, name, trigger, assessed)
        if flags and closes:
            for group in self.grouped(appraised).values():
                least = min(group, key=lambda p: (p.ability, p.stream))
                if len(group) > 1 and not least.flagged:
                    self.record("missed", least)
        self._count_flags(flags, closes)
        if self.holds("workforce"):
            return
        vacant = [post for post in self.own_posts if post.vacant_since >= 0]
        done = set(self._end_probations(rule, vacant) if rule.has_probation else ())
        for name, flagged in flags.items():
            luck = self.uniform("enforcement:" + name, list(self.staff))
            acted = [p for p in flagged if p not in done and luck[p] < rule.enforcement]
            done.update(acted)
            for p in acted:
                if rule.listed[name].follows == "probation":
                    self.record("put_on_probation", p)
                    p.probation_quarters, p.probation_sum = 0, 0.0
                else:
                    p.strikes = dict.fromkeys(p.strikes, 0)
                    p.probation_quarters, p.probation_sum = -1, 0.0
            self._follow(rule.listed[name].follows, acted, vacant)

    def _end_probations(self, rule, vacant):
        """Whoever's time is over passes or fails; returns those who fail."""
        terms = rule.probation
        due = [p for p in self.at_work if p.probation_quarters >= terms["quarters"]]
        failed = [
            p for p in due if p.probation_sum / p.probation_quarters < self.standard[0] + terms["standard"]
        ]
        for p in due:
            p.probation_quarters, p.probation_sum = -1, 0.0
            self.record("failed_probation" if p in failed else "passed_probation", p)
            if p in failed or terms["passed"] == "clear":
                p.strikes = dict.fromkeys(p.strikes, 0)
        self._follow(terms["failed"], failed, vacant)
        return failed

    def _flag(self, rule, name, trigger, appraised):
        hit = trigger.hit(self, appraised)
        flagged, lasting = [], trigger.follows == "probation"
        for p in trigger.eligible(self, appraised):
            if lasting and p.probation_quarters >= 0:
                continue
            p.strikes[name] = trigger.grown(p.strikes[name], p in hit)
            if p in hit and trigger.hits(p.strikes[name]) >= trigger.in_a_row:
                flagged.append(p)
        if rule.selection != "rule":
            for p in flagged:
                p.strikes[name] = 0
            told = self.told(name)
            if rule.lottery:
                peers = trigger.peers(self, appraised)
                peers = [p for p in peers if not lasting or p.probation_quarters < 0]
                flagged = self._draw(name, peers, told)
            else:
                eligible = sorted(trigger.eligible(self, appraised), key=lambda p: (p.pooled_score, p.stream))
                eligible = [p for p in eligible if not lasting or p.probation_quarters < 0]
                flagged = eligible[: len(told)]
        self.groups_flagged[name] = [self.group_of(p) for p in flagged]
        for p in flagged:
            p.flagged = True
            self.record("flagged", p)
        return flagged

    def _draw(self, name, peers, told):
        """By lot, as many of each ranking group as the rule's course flags there; what lacks from the whole area."""
        luck = self.uniform("lottery:" + name, list(self.staff))
        by_lot = sorted(peers, key=lambda p: (luck[p], p.stream))
        drawn = []
        for group in set(told):
            drawn += [p for p in by_lot if self.group_of(p) == group][: told.count(group)]
        rest = [p for p in by_lot if p not in drawn]
        return drawn + rest[: len(told) - len(drawn)]

    def _count_flags(self, flags, closes):
        """How many each trigger flags in a year, for those who fear pooled selection."""
        for name, people in flags.items():
            for p in people:
                counts = self.home(p).flags_of_year
                counts[name] = counts.get(name, 0) + 1
        if closes:
            for d in self.departments:
                if self.law_of_department(d) is self.law:
                    d.named = {name: d.flags_of_year.get(name, 0) for name in self.rules["adjustment"].listed}
                    d.flags_of_year = {}

    def _follow(self, follows, people, vacant):
        if follows == "exit":
            rule, luck = self.rules["appointment"], self.uniform("court", people)
            for p in people:
                if rule.contract and p.contract and luck[p] < rule.challenge_share:
                    self.record("unlawful", p)
                self.leave(p, "dismissed")
        elif follows == "demotion":
            self._demote(people, vacant)
        elif follows == "reposting":
            self._repost(people, vacant)
        elif follows == "reservoir":
            for p in people:
                self.enter_reservoir(p)

    def _demote(self, people, vacant):
        posts = self.rules["posts"]
        if not self.rules["ranks"].demotes:
            for p in people:
                self.enter_reservoir(p)
        elif posts.follows_person:
            for p in people:
                if p.rank not in (1, self.first_manager):  # else nothing is left to lose
                    self.set_rank(p, p.rank - 1)
                    self.record("demoted", p)
        else:
            wanted = {p: p.rank - 1 for p in people}
            for p, post in self._pairs(people, vacant, wanted).items():
                if post is None:
                    self.enter_reservoir(p)
                else:
                    self.record("demoted", p)
                    self.take_post(p, post)

    def _repost(self, people, vacant):
        level = self.rules["posts"].level_of
        for p, post in self._pairs(people, vacant, {p: level(p) for p in people}, elsewhere=True).items():
            if post is not None:
                self.record("reposted", p)
                self.take_post(p, post)

    def _pairs(self, people, vacant, wanted, elsewhere=False):
        """The i-th person with the i-th vacant post of the wanted level in the organisation."""
        found, taken = {}, set()
        for p in sorted(people, key=lambda p: p.person):
            fits = [
                post
                for post in vacant
                if post.department is not None
                and post.organisation == p.organisation
                and self.rules["posts"].level_of_post(post) == wanted[p]
                and post not in taken
            ]
            found[p] = fits[0] if fits else None
            taken.update(fits[:1])
        for p, post in found.items():
            if elsewhere and post is not None and post.department is p.department:
                found[p] = None
            elif post is not None:
                vacant.remove(post)
        return found

    def wait(self):
        if not self.holds("workforce"):
            for _ in self.each_law():
                self._wait()

    def _wait(self):
        terms = self.rules["adjustment"].reservoir
        due = [
            p
            for p in self.waiting
            if p.returning < 0 and self.quarter - p.reservoir_since >= terms["stay_quarters"]
        ]
        luck = self.uniform("reservoir_outcome", due)
        first = terms["reposted_share"]
        second = first + terms["demoted_share"]
        third = second + terms["dismissed_share"]
        for p in due:
            if luck[p] < second:
                p.returning = int(luck[p] >= first)
                p.ability += terms["training_gain"]
            elif luck[p] < third:
                self.leave(p, "dismissed")
            else:
                self.leave(p, "resigned", severance=False)

    def vacate(self, p):
        if p.post is not None:
            p.post.vacant_since, p.post.occupant = self.quarter, None
        p.post = None

    def leave(self, p, event, severance=True):
        self.record(event, p)
        self.vacate(p)
        p.probation_quarters, p.probation_sum = -1, 0.0
        p.removed = event in ("dismissed", "not_renewed")
        p.employed, p.department, p.reservoir_since, p.returning, p.left_quarter = (
            False,
            None,
            -1,
            -1,
            self.quarter,
        )

    def enter_reservoir(self, p):
        self.record("entered_reservoir", p)
        self.vacate(p)
        p.probation_quarters, p.probation_sum = -1, 0.0
        p.score_sum, p.quarters_scored, p.gaming_sum = 0.0, 0, 0.0
        p.department, p.reservoir_since = None, self.quarter

    def take_post(self, p, post):
        a = self.behaviour["ability"]
        tier, moved = post.manager != p.manager, post.department is not p.department
        rank = self.rules["posts"].rank_taken(post, p.rank)
        self.vacate(p)
        if tier or (a["role_change_by"] == "rank" and rank != p.rank):
            self._change_role(p, a, rank)
        p.ramp_gap = 1 - a["ramp_start_insiders"] if tier or moved else 0.0
        self.set_rank(p, rank)
        p.post, p.manager, p.quarters_in_post, p.reservoir_since, p.returning = post, post.manager, 0, -1, -1
        post.occupant, post.vacant_since = p, -1
        p.department = p.home = post.department
        if moved:
            persistent = self.persistent_variance(p.manager)
            p.quarters_in_department, p.score_sum, p.quarters_scored, p.gaming_sum = 0, 0.0, 0, 0.0
            p.rater_error = math.sqrt(persistent) * self.normal("new_rater", [p])[p]
            p.belief_variance += persistent

    def _change_role(self, p, a, rank):
        of_group = of_groups(self, p, "ability")
        p.ability -= of_group
        self._other_ability(p, a, rank)
        p.ability += of_group
        p.role = rank

    def _other_ability(self, p, a, rank):
        low, high = bounds(a)
        if a["role_change"] == "skills":
            self._ask_other_skills(p, a, rank)
        elif a["role_change"] == "redraw":
            luck = self.uniform("role_selection", [p])[p], self.normal("role_ability", [p])[p]
            p.ability = best_applicant(self, *luck)
            p.belief, p.belief_variance = self.mu, self.V
        elif a["role_change"] == "noise":
            reach = a["role_change_noise"]
            moved = p.ability - reach + 2 * reach * self.uniform("role_noise", [p])[p]
            p.ability = min(max(moved, low), high)
            p.belief_variance += reach**2 / 3
        else:
            kept = a["kept_on_role_change"]
            redrawn = (1 - kept**2) * self.V
            luck = self.normal("role_change", [p])[p]
            p.ability = self.mu + kept * (p.ability - self.mu) + math.sqrt(redrawn) * luck
            p.ability = min(max(p.ability, low), high)
            p.belief = self.mu + kept * (p.belief - self.mu)
            p.belief_variance = kept**2 * p.belief_variance + redrawn

    def _ask_other_skills(self, p, a, rank):
        profiles, c = a["skills"]["profiles"], a["skills"]["correlation"]
        by_rank, managers = a["role_change_by"] == "rank", self.structure["ranks"]["staff"] + 1
        first, left, taken = (
            profiles[role - 1 if by_rank else role >= managers] for role in (p.first_role, p.role, rank)
        )
        skills = applicants_skills(self, p, first, c)
        alike = together(left, taken, c) / math.sqrt(together(left, left, c) * together(taken, taken, c))
        met = [
            sum(w * s for w, s in zip(profile, skills, strict=True))
            / math.sqrt(together(profile, profile, c))
            for profile in (left, taken)
        ]
        p.ability += bent(self, met[1]) - bent(self, met[0])
        p.belief *= alike
        p.belief_variance = alike**2 * p.belief_variance + 1 - alike**2

    # ---- recruiting

    def open_posts(self, level):
        wait, rule = self.behaviour["hiring"]["vacancy_quarters"], self.rules["posts"]
        return [
            post
            for post in self.own_posts
            if post.department is not None
            and post.vacant_since >= 0
            and post.vacant_since + wait <= self.quarter
            and rule.level_of_post(post) == level
        ]

    def recruit(self):
        if self.holds("workforce"):
            return
        for _ in self.each_law():
            self._return()
            self._promote()
            self._shrink()
            self._hire()

    def _return(self):
        rule, terms = self.rules["posts"], self.rules["adjustment"].reservoir
        for level in range(rule.highest, 0, -1):
            people = []
            for p in sorted(self.waiting, key=lambda p: (p.reservoir_since, p.person)):
                if p.returning >= 0:
                    target = max(1, rule.level_of(p) - p.returning)
                    patience = terms["stay_quarters"] + terms["extension_quarters"]
                    if target == level or (target > level and self.quarter - p.reservoir_since >= patience):
                        people.append(p)
            posts = self.open_posts(level)
            for p in people:
                post = next((post for post in posts if post.organisation == p.organisation), None)
                if post is not None:
                    posts.remove(post)
                    lower = rule.level_of(p) > level
                    self.take_post(p, post)
                    p.rater_error -= terms["stigma"]
                    p.belief -= terms["stigma"]
                    self.record("returned", p)
                    if lower:
                        self.record("demoted", p)

    def _promote(self):
        rule, ranks = self.rules["posts"], self.rules["ranks"]
        eligible = {p for p in self.at_work if ranks.eligible(self, p)}
        for level in range(rule.highest, 1, -1):
            posts = [post for post in self.open_posts(level) if not self._for_outsiders(post)]
            for department in {post.department for post in posts}:
                people = [p for p in eligible if p.department is department and rule.level_of(p) == level - 1]
                order = ranks.order(self, people)
                people.sort(key=lambda p: (-p.rank, -order[p], -p.stream))
                mine = [post for post in posts if post.department is department]
                for p, post in zip(people, mine, strict=False):
                    eligible.discard(p)
                    self.record("promoted", p)
                    left = p.post
                    self.take_post(p, post)
                    self.opened[p.rank] = self.opened.get(p.rank, 0) + 1
                    left.vacant_since = self.quarter - self.behaviour["hiring"]["vacancy_quarters"]

    def _for_outsiders(self, post):
        return self._luck_of(post, "outside_entry") < getattr(self.rules["ranks"], "outside_share", 0.0)

    def _luck_of(self, post, decision):
        key = streams(np.array([self.replication]), np.array([post.number + 2**46]))
        return float(self.draws.uniform(decision, self.quarter, key)[0])

    def _finds_somebody(self, post):
        tightness = self.behaviour["hiring"]["tightness"]
        return self._luck_of(post, "somebody_found") < math.exp(-tightness * self.cycle)

    def _applicants(self, p, on_contract):
        """By how much the applicants for a newcomer's post are abler than usual."""
        h, market = self.behaviour["hiring"], self.world["labour_market"]
        rule, flags = self.rules["adjustment"], 0.0
        if not p.leader and rule.listed:
            for name, trigger in rule.listed.items():
                share = rule.expected_flag_share
                if name in self.named:
                    share = self.named[name] / self.many_at_work if self.many_at_work else 0.0
                loss = self.behaviour["stakes"]["status"]
                if trigger.follows != "probation":
                    loss = rule.losses(self)[trigger.follows]
                flags += share * rule.enforcement * loss
        better = self.premium_of(p, on_contract) - market["pay_level"] - market["pay_sd"] * self.cycle
        return (
            h["sorting"] * self.floating_worth
            - h["flag_aversion"] * flags
            + h["pay_sorting"] * better
            + h["mean_shift"]
        )

    def _shrink(self):
        """Vacant posts beyond the authorised headcount fall away."""
        posts = self.department_posts()
        for organisation, number in enumerate(posts):
            spare = [
                post
                for post in self.present
                if post.organisation == organisation
                and post.vacant_since >= 0
                and not (post.manager or post.indicator)
            ]
            spare.sort(key=lambda post: (post.rank, -post.number))
            for post in spare[: max(0, number - half_up(self.authorised[organisation]))]:
                post.department.posts.remove(post)
                post.department.size -= 1
                post.department, post.vacant_since = None, -1

    def _room(self, wait):
        """How many every organisation may hire for its departments."""
        beyond = [half_up(n) for n in self.authorised]
        places = [0] * self.organisations
        for post in self.present:
            places[post.organisation] += post.vacant_since >= 0 and post.vacant_since + wait <= self.quarter
        for p in self.staff:
            beyond[p.organisation] -= p.at_work or p.reservoir_since >= 0
            places[p.organisation] -= p.reservoir_since >= 0 and p.reservoir_since + wait <= self.quarter
        return [min(pair) for pair in zip(beyond, places, strict=True)]

    def _hire(self):
        wait = self.behaviour["hiring"]["vacancy_quarters"]
        room, new = self._room(wait), []
        for post in self.own_posts:
            if post.vacant_since < 0 or post.vacant_since + wait > self.quarter:
                continue
            if not post.leader:
                if post.department is None:
                    continue
                if room[post.organisation] <= 0 or not self._finds_somebody(post):
                    continue
                room[post.organisation] -= 1
            if post.leader and not self._finds_somebody(post):
                continue
            post.occupants += 1
            new.append(Person(self, post, post.occupants - 1, self.quarter))
        rule, status = self.rules["appointment"], self.uniform("status", new)
        mixed = {p: status[p] < self.world["people"]["contract_share"] for p in new}
        contract = {p: not p.leader and (rule.contract or mixed[p]) for p in new}
        self.many_at_work = len(self.at_work)
        chance = 1.0 if rule.contract else self.world["people"]["contract_share"]
        shift = {p: self._applicants(p, 0.0 if p.leader else chance) for p in new}
        newcomers(self, new, shift, self.behaviour["hiring"]["spread"])
        for p in new:
            p.rank = self.leader_rank if p.leader else self.rules["posts"].rank_taken(p.post, 0)
            p.role = p.first_role = p.rank
            p.ramp_gap = 1 - self.behaviour["ability"]["ramp_start"]
            p.contract = contract[p]
            p.contract_end = rule.end(self.quarter, self.year) if p.contract else 0
            p.strikes = dict.fromkeys(self.rules["adjustment"].listed, 0)
            p.worked_in = None
            self.record("hired", p)
            if not p.leader:
                self.opened[p.rank] = self.opened.get(p.rank, 0) + 1
        self.all += new
