"""Reorganisation, conversion, headcount and organs, one at a time (ODD 7.15, 7.16, 7.19)."""

import math

import numpy as np

from sim.core.draws import streams
from tests.oracle.founding import Department, Post, half_up
from tests.oracle.rules import Fixed, twin


@twin("posts", "dynamic")
class Dynamic(Fixed):
    def changes(self, indices):
        """Relative change of every new city's headcount from four lists of indices."""
        total = [0.0] * len(indices[0])
        for weight, values in zip(self.weights, indices, strict=True):
            mean = sum(values) / len(values)
            sd = math.sqrt(sum((x - mean) ** 2 for x in values) / len(values))
            for i, x in enumerate(values):
                total[i] += weight * ((x - mean) / sd if sd >= 1e-12 else 0.0)
        return [self.step_cap * min(1.0, max(-1.0, x)) for x in total]


class Place:
    """Departments that merge and split, posts that are added; mixed into the twin."""

    def found_place(self):
        self.agency_staff, self.transition_ends = 0, 0
        self.restore_authorised()

    def restore_authorised(self):
        """Headcounts become the posts, and organs are measured from what is there."""
        for law in self.each_law():
            law.authorised = [float(n) for n in self.department_posts()]
            law.authorised_then = list(law.authorised)
            own = [d.organisation for d in self.own_departments]
            law.organs_then = [own.count(o) for o in range(self.organisations)]

    def department_posts(self):
        found = [0] * self.organisations
        for post in self.present:
            found[post.organisation] += 1
        return found

    def transition(self):
        return 1 - self.structure["transition"]["loss"] if self.quarter < self.transition_ends else 1.0

    # ---- conversion

    def ask(self, rule, coming):
        """Who is not taken over when contracts come."""
        if self.holds("workforce") or rule.conversion == "everybody":
            return
        if rule.conversion == "choice":
            self._choose_status(coming)
        else:
            self._compete(rule, coming)

    def _choose_status(self, coming):
        terms = self.behaviour["conversion"]
        people = [p for p in coming if not p.leader and not p.contract]
        taste, refused = self.normal("conversion", people), 0
        for p in people:
            worth = (
                terms["net_worth"]
                + terms["standing_slope"] * self.floating_share * self.believed_standing(p)
                + terms["taste_sd"] * taste[p]
                + (self.premium_of(p, True) - self.premium_of(p, False)) * p.normal_pay / (1 + p.premium)
            )
            if worth <= 0:
                self.leave(p, "opted_out", severance=False)
                refused += 1
        agencies = self.structure["agencies"]
        free = max(0, agencies["number"] * agencies["places_each"] - self.agency_staff)
        self.agency_staff += min(free, refused)

    def _compete(self, rule, coming):
        people, v = [p for p in coming if p.at_work], self.behaviour["hiring"]["validity"]
        luck, groups = self.normal("competition", people), {}
        for p in people:
            signal = v * (p.ability - self.mu) / math.sqrt(self.V) + math.sqrt(1 - v * v) * luck[p]
            groups.setdefault((p.organisation, p.manager), []).append((signal, p.stream, p))
        for group in groups.values():
            group.sort(key=lambda one: one[:2])
            for _, _, p in group[: math.floor((1 - rule.kept_share) * len(group))]:
                self.leave(p, "not_selected", severance=False)

    # ---- reorganisation

    def foreseen(self):
        """Departments by kind and organisation under the structure in force."""
        cities, found = len(self.world["new_cities"]), []
        even, rest = divmod(self.structure["new_cities"]["departments"], cities)
        for o in range(cities + 1):
            tier = self.structure["new_cities" if o < cities else "area_level"]
            n = even + (o < rest) if o < cities else tier["departments"]
            economic = min(n, half_up(tier["economic_share"] * n))
            social = min(n - economic, half_up(tier["social_share"] * n))
            found.append((economic, social, n - economic - social))
        return found

    def reorganise(self, structure):
        self.structure = structure
        self.transition_ends = self.quarter + structure["transition"]["quarters"]
        wanted, pairs, homeless = self.foreseen(), {}, []
        for o in range(self.organisations):
            for kind in range(3):
                own = [d for d in self.departments if d.open and d.organisation == o and d.kind == kind]
                left = wanted[o][kind]
                if left == 0:
                    homeless += own
                else:
                    pairs.update({d: own[i % left] for i, d in enumerate(own) if i >= left})
        leaving, turn = {*pairs, *homeless}, {}
        for d in sorted(homeless, key=lambda d: d.number):
            j = turn.get(d.kind, 0)
            turn[d.kind] = j + 1
            stays = [x for x in self.departments if x.open and x not in leaving]
            hosts = [x for x in stays if x.organisation == self.organisations - 1 and x.kind == d.kind]
            hosts = hosts or [x for x in stays if x.organisation == d.organisation]
            if hosts:
                pairs[d] = hosts[j % len(hosts)]
        for d, host in pairs.items():
            self.merge(d, host)
        if pairs:
            self.restore_authorised()

    def merge(self, d, host):
        people = self.members_of(d)
        waiting = [p for p in self.waiting if self.home(p) is d]
        for post in d.posts:
            post.department, post.organisation, post.indicator = host, host.organisation, False
        host.posts = sorted([*host.posts, *d.posts], key=lambda post: post.number)
        host.size += d.size
        d.posts, d.size, d.open, d.host = [], 0, False, host
        self.moved(people)
        if host.law is not d.law:
            for p in (*people, *waiting):
                self.change_regime(p, d.law, host.law)

    def change_regime(self, p, old, law):
        """Somebody comes under the rules of another department."""
        self.take_over(p, old, law)
        rule = law.rules["appointment"]
        if p.post is not None:
            self.set_rank(p, law.rules["posts"].rank_taken(p.post, p.rank))
        if rule.contract != old.rules["appointment"].contract:
            p.contract, p.contract_end = rule.contract, rule.end(self.quarter, self.year)

    def moved(self, people):
        luck = self.normal("new_rater", people)
        for p in people:
            p.department, p.organisation, p.displaced = p.post.department, p.post.organisation, self.quarter
            p.home = p.department
            persistent = self.persistent_variance(p.manager)
            p.quarters_in_department, p.score_sum, p.quarters_scored, p.gaming_sum = 0, 0.0, 0, 0.0
            p.rater_error = math.sqrt(persistent) * luck[p]
            p.belief_variance += persistent
            self.record("merged", p)

    def split(self, d):
        going, staying = d.posts[1::2], d.posts[0::2]
        new = Department(len(self.departments), d.organisation, d.kind)
        new.hard_share, new.interdependence, new.size = d.hard_share, d.interdependence, len(going)
        new.law, new.scale, new.cut = d.law, d.scale, d.cut
        stream = streams(np.array([self.replication]), np.array([new.number + 2**41]))
        draw = lambda name: float(self.draws.normal(name, self.quarter, stream)[0])  # noqa: E731
        new.difficulty = self.world["difficulty_sd"] * draw("difficulty")
        new.rater_bias = self.behaviour["rating"]["group_bias_sd"] * draw("rater_bias")
        self.department_streams = np.concatenate([self.department_streams, stream])
        if self.peers is not None:
            others = self.world["municipality"]["units"] - 1
            keys = streams(stream[:, None].view(np.int64), np.arange(others)[None, :])
            self.peers.append(self.draws.normal("peer_indicator", self.quarter, keys)[0].tolist())
            new.indicator = draw("indicator")
        self.departments.append(new)
        d.posts, d.size, new.posts = staying, len(staying), going
        for post in going:
            post.department, post.indicator = new, False
        for posts in (going, staying):
            if not any(post.indicator for post in posts):
                first = next((post for post in posts if not post.manager), posts[0])
                first.indicator = True
        self.moved([post.occupant for post in going if post.occupant is not None])

    # ---- headcount

    def come_back_from_agencies(self):
        """Agency staff return to posts that are added to the area level."""
        back = half_up(self.structure["reversion_share"] * self.agency_staff)
        self.agency_staff -= back
        before = [d.size for d in self.departments]
        self.add_posts(self.organisations - 1, back)
        for d, size in zip(self.departments, before, strict=True):
            d.law.authorised[-1] += d.size - size

    def move_headcount(self):
        rule = self.rules["posts"]
        if not isinstance(rule, Dynamic):
            return
        cities = [i for i, n in enumerate(self.department_posts()[:-1]) if n]
        if not cities:
            return
        scores = [[p.score for p in self.at_work if p.organisation == i] for i in cities]
        indices = [
            [self.demand_luck("population", i) for i in cities],
            [self.growth[i] for i in cities],
            [sum(x) / len(x) if x else 0.0 for x in scores],
            [self.service[i].quality for i in cities],
        ]
        for i, change in zip(cities, rule.changes(indices), strict=True):
            self.authorised[i] = float(np.round(self.authorised[i] * (1 + change), 9))  # as numpy rounds ties
        posts = self.department_posts()
        for i in cities:
            self.add_posts(i, max(0, half_up(self.authorised[i]) - posts[i]))
            if rule.organs:
                self._move_organs(i)

    def add_posts(self, organisation, count):
        own = [d for d in self.own_departments if d.organisation == organisation]
        for _ in range(count if own else 0):
            d = min(own, key=lambda d: (d.size, d.number))
            post = Post(len(self.posts), organisation, d, 1)
            post.occupants, post.vacant_since = 0, self.quarter
            self.posts.append(post)
            d.posts.append(post)
            d.size += 1

    def _move_organs(self, i):
        own = [d for d in self.own_departments if d.organisation == i]
        if not own:
            return
        target = half_up(self.organs_then[i] * self.authorised[i] / self.authorised_then[i])
        if target < len(own) and len(own) > 1:
            smallest = min(own, key=lambda d: (d.size, -d.number))
            others = [d for d in own if d is not smallest]
            hosts = [d for d in others if d.kind == smallest.kind] or others
            self.merge(smallest, max(hosts, key=lambda d: (d.size, -d.number)))
        elif target > len(own):
            largest = max(own, key=lambda d: (d.size, -d.number))
            if largest.size >= 2:
                self.split(largest)
