"""Regimes side by side: who is under which, and what happens when places come under another (ODD 7.10, 7.15, 7.25)."""

from contextlib import contextmanager

from tests.oracle.founding import KINDS, half_up
from tests.oracle.rules import TWINS


class Law:
    """A regime in force somewhere, and what is known under it alone.

    Args:
        settings: all eight rules with every setting.
        by_the_rule: whoever would be drawn or pooled is flagged by the rule.
        ranks: how many there are of staff and of managers.
    """

    def __init__(self, settings, by_the_rule, ranks):
        self.settings = settings
        kept = dict(settings)
        if by_the_rule and "selection" in kept["adjustment"]:
            kept["adjustment"] = kept["adjustment"] | {"selection": "rule"}
        self.rules = {slot: TWINS[slot, rule["kind"]](rule) for slot, rule in kept.items()}
        self.rules["posts"].first_manager = ranks["staff"] + 1
        self.rules["posts"].leader_rank = ranks["staff"] + ranks["managers"] + 1
        self.rules["floating_pay"].of_list = tuple(reversed(settings["appraisal"].get("multipliers", ())))
        self.floating_share = self.rules["floating_pay"].share
        self.groups_flagged, self.floating_worth = {}, 0.0
        self.authorised, self.authorised_then, self.organs_then = [], [], []


def within(name):
    """What belongs to the regime that is looked at."""

    def look(model):
        return getattr(model.law, name)

    def put(model, value):
        setattr(model.law, name, value)

    return property(look, put)


class Laws:
    """Which regime is in force where; mixed into the twin.

    Inside `under` everybody, every post and every rule asked for is of that regime alone; outside, people and posts are
    those of the whole area and there is no rule to ask.
    """

    law = None
    rules, floating_share = within("rules"), within("floating_share")
    groups_flagged, floating_worth = within("groups_flagged"), within("floating_worth")
    authorised = within("authorised")
    authorised_then, organs_then = within("authorised_then"), within("organs_then")

    @contextmanager
    def under(self, law):
        before, self.law = self.law, law
        try:
            yield
        finally:
            self.law = before

    def each_law(self):
        """Every regime in force in turn, looked at alone."""
        for law in self.laws:
            with self.under(law):
                yield law

    def found_laws(self, settings):
        law = Law(settings, self.by_the_rule, self.structure["ranks"])
        self.laws, self.of_leaders = [law], [law] * self.organisations
        self.scale_of_leaders = [1.0] * self.organisations
        for d in self.departments:
            d.law, d.scale, d.host = law, 1.0, None

    def home(self, p):
        """The department worked in last, or what it was merged into."""
        return self.standing(p.home)

    def standing(self, d):
        """The department itself, or what it was merged into."""
        while d.host is not None:
            d = d.host
        return d

    def law_of_department(self, d):
        return self.standing(d).law

    def law_of(self, p):
        return self.of_leaders[p.organisation] if p.leader else self.home(p).law

    def law_of_post(self, post):
        if post.leader:
            return self.of_leaders[post.organisation]
        return post.department.law if post.department is not None else None

    def scale_of(self, p):
        return self.scale_of_leaders[p.organisation] if p.leader else self.home(p).scale

    def cut_of(self, p):
        return 1.0 if p.leader else self.home(p).cut

    def is_meant(self, p):
        return self.law is None or len(self.laws) == 1 or self.law_of(p) is self.law

    @property
    def own_posts(self):
        """Posts of the regime looked at."""
        return [
            post
            for post in self.posts
            if self.law is None or len(self.laws) == 1 or self.law_of_post(post) is self.law
        ]

    @property
    def own_departments(self):
        return [d for d in self.departments if d.open and (self.law is None or d.law is self.law)]

    @property
    def named(self):
        """How many each trigger flagged last year in departments under the regime, or under it when dissolved."""
        found = {}
        for d in self.departments:
            for name, count in d.named.items() if d.law is self.law else ():
                found[name] = found.get(name, 0) + count
        return found

    # ---- another regime

    def meant(self, where):
        """Departments and organisations' leaders that an entry means."""
        if where is None:
            return self.own_departments, list(range(self.organisations))
        cities, area = where.get("new_cities", []), where.get("area_level", False)
        places = [self.world["new_cities"].index(name) for name in cities] + [self.organisations - 1] * area
        places = places or list(range(self.organisations))
        kinds, share = where.get("department_kinds", []), where.get("departments_share", 1.0)
        found = [d for d in self.own_departments if d.organisation in places]
        found = [d for d in found if not kinds or KINDS[d.kind] in kinds]
        if share < 1:
            luck = self.draws.uniform("where", 0, self.department_streams).tolist()
            drawn = where.get("drawn", True)
            order = sorted(found, key=lambda d: (luck[d.number] if drawn else 0.0, d.number))
            found = order[: half_up(share * len(found))]
        return found, places if not kinds and share == 1 else []

    def change_laws(self, entries):
        """Entries (where, what becomes of a regime's settings) come into force."""
        settings = {d: d.law.settings for d in self.own_departments}
        settings |= {("leaders", o): law.settings for o, law in enumerate(self.of_leaders)}
        before = {place: self._law_at(place) for place in settings}
        for where, lay in entries:
            departments, organisations = self.meant(where)
            for place in (*departments, *(("leaders", o) for o in organisations)):
                settings[place] = lay(settings[place])
        self.move_under(before, self._laws_after(before, settings))

    def move_under(self, before, after):
        """Places come under other regimes, all at once."""
        people = {p: self.law_of(p) for p in self.staff}
        bills, parts = self._bills(before, after), (self._parts(before), self._parts(after))
        old_posts = {law: self._posts_under(law) for law in self.laws}
        moved_posts = self._moved_posts(before, after)
        for place, law in after.items():
            self._put_under(place, law)
        self.laws = list(dict.fromkeys(after.values()))
        self._move_authorised(parts, old_posts, moved_posts)
        for law in self.laws:
            self._come_under(law, before)
        self._rescale(bills)
        self._settle_premiums(before, after)
        for p, old in people.items():
            if self.law_of(p) is not old:
                self.take_over(p, old, self.law_of(p))
        for law in self.laws:
            self._convert_under(law, people)

    def _put_under(self, place, law):
        if isinstance(place, tuple):
            self.of_leaders[place[1]] = law
            return
        place.law, listed = law, law.rules["adjustment"].listed
        place.named = {name: n for name, n in place.named.items() if name in listed}
        place.flags_of_year = {name: n for name, n in place.flags_of_year.items() if name in listed}

    def _law_at(self, place):
        return self.of_leaders[place[1]] if isinstance(place, tuple) else place.law

    def _laws_after(self, before, settings):
        """Places whose eight rules are equal are under one regime."""
        known, after = list(self.laws), {}
        for place, wanted in settings.items():
            law = next((law for law in known if law.settings == wanted), None)
            if law is None:
                law = Law(wanted, self.by_the_rule, self.structure["ranks"])
                law.authorised = [0.0] * self.organisations
                known.append(law)
            after[place] = law
        return after

    def _bills(self, before, after):
        """Places that come under a new scale of pay together, and what is paid there."""
        found = {}
        for place, law in after.items():
            if (
                law.settings["salaries"] != before[place].settings["salaries"]
                and law.rules["salaries"].wage_bill == "equal"
            ):
                found.setdefault(law, []).append(place)
        return {
            law: (places, [p for p in self.at_work if self.home(p) in places])
            for law, places in found.items()
        }

    def _rescale(self, bills):
        for law, (places, people) in bills.items():
            with self.under(law):
                raw = sum(self.raw_pay(p) for p in people)
            if raw <= 0:
                continue
            scale = sum(p.normal_pay / (1 + p.premium) for p in people) / raw
            for place in places:
                if isinstance(place, tuple):
                    self.scale_of_leaders[place[1]] = scale
                else:
                    place.scale = scale

    def _settle_premiums(self, before, after):
        """What a premium within the bill leaves of pay, by whom other salaries or contracts come to together."""
        cohorts = {}
        for place, law in after.items():
            converts = law.rules["appointment"].contract != before[place].rules["appointment"].contract
            if not isinstance(place, tuple) and (
                converts or law.settings["salaries"] != before[place].settings["salaries"]
            ):
                cohorts.setdefault(law, {})[place] = converts
        for law, places in cohorts.items():
            plain, raised, rule = 0.0, 0.0, law.rules["salaries"]
            for p in (p for p in self.at_work if self.home(p) in places):
                contract = law.rules["appointment"].contract if places[self.home(p)] else p.contract
                with self.under(law):
                    pay = self.raw_pay(p) * self.scale_of(p)
                plain += pay
                raised += pay * (1 + rule.contract_premium * contract)
            for d in places:
                d.cut = plain / raised if rule.premium_within_bill and raised > 0 else 1.0

    def _parts(self, laws):
        """Departments of an organisation under a regime."""
        found = {}
        for place, law in laws.items():
            if not isinstance(place, tuple):
                found.setdefault((place.organisation, law), set()).add(place)
        return found

    def _posts_under(self, law):
        with self.under(law):
            return self.department_posts()

    def _moved_posts(self, before, after):
        found = {}
        for d, law in after.items():
            if not isinstance(d, tuple) and law is not before[d]:
                key = d.organisation, before[d], law
                found[key] = found.get(key, 0) + d.size
        return found

    def _move_authorised(self, parts, old_posts, moved_posts):
        """Departments take along their part of the headcount, under another posts rule their posts."""
        old = {law: list(law.authorised) for law in old_posts}
        for (o, law, to), posts in moved_posts.items():
            held = old_posts[law][o]
            part = old[law][o] * posts / held if posts < held else old[law][o]
            law.authorised[o] -= part
            other = (
                to.settings["posts"] != law.settings["posts"] and to.settings["posts"]["kind"] != "dynamic"
            )
            to.authorised[o] += posts if other else part
        before, after = parts
        for law in self.laws:
            law.authorised_then = law.authorised_then or [0.0] * self.organisations
            law.organs_then = law.organs_then or [0] * self.organisations
        for (o, law), departments in after.items():
            same = [one for (p, one), own in before.items() if p == o and own == departments]
            if same and same[0].settings["posts"] == law.settings["posts"]:
                law.authorised_then[o] = same[0].authorised_then[o]
                law.organs_then[o] = same[0].organs_then[o]
            else:
                law.authorised_then[o], law.organs_then[o] = law.authorised[o], len(departments)

    def _come_under(self, law, before):
        """People's ranks become those of their posts where these are fixed now."""
        loose = [
            d
            for d, old in before.items()
            if not isinstance(d, tuple) and old.rules["posts"].follows_person and d.law is law
        ]
        if not law.rules["posts"].follows_person:
            self._fix_posts(loose)

    def take_over(self, p, old, law):
        """What somebody keeps of strikes, probation and a place in a list of grades under another regime."""
        if old.settings["appraisal"] != law.settings["appraisal"]:
            p.grade_place = -1
        then, now = old.rules["adjustment"], law.rules["adjustment"]
        p.strikes = {
            name: one.taken_over(p.strikes.get(name, 0), then.listed.get(name, one))
            for name, one in now.listed.items()
        }
        if not now.has_probation:
            p.probation_quarters, p.probation_sum = -1, 0.0

    def _convert_under(self, law, people):
        rule = law.rules["appointment"]
        coming = [
            p
            for p, old in people.items()
            if self.law_of(p) is law and old.rules["appointment"].contract != rule.contract
        ]
        if coming:
            with self.under(law):
                self._convert(rule, coming)
