"""Floating pay, one employee at a time: what is paid and what it makes worthwhile (ODD 7.9)."""

import math

from tests.oracle.rules import Phi, Rule, twin


@twin("floating_pay", "fixed")
class FixedPay(Rule):
    share, colleagues = 0.0, False

    def prizes(self, model, outlook):
        return {}

    def pay(self, model):
        return {}


@twin("floating_pay", "three_part")
class ThreePart(Rule):
    of_list = ()

    @property
    def share(self):
        return self.floating_share

    @property
    def colleagues(self):
        return self.forfeited == "colleagues" and self.pot == "zero_sum"

    def funds(self, model):
        """Normal floating pay of every organisation in a quarter, and its fund over that."""
        normal, growth = [0.0] * model.organisations, model.growth
        for p in model.staff:
            if p.at_work or (self.colleagues and p.reservoir_since >= 0):
                normal[p.organisation] += self.floating_share * p.normal_pay / model.year
        mean = sum(growth) / len(growth)
        area = max(0.0, 1 + self.growth_link * (mean - self.growth_reference))
        own = [max(0.0, 1 + self.own_growth_link * (g - mean)) for g in growth]
        total = sum(n * x for n, x in zip(normal, own, strict=False))
        cities = normal[: len(growth)]
        own = [x * sum(cities) / total if total > 0 else 1.0 for x in own]
        return normal, [area * x for x in (*own, 1.0)]

    def annual_coefficient(self, p):
        met, missed = self.target_multipliers
        return 1.0 if p.target_met < 0 else met if p.target_met else missed

    def grade_coefficient(self, p):
        if self.of_list and p.grade_place >= 0:
            return self.of_list[p.grade_place]
        return (1.0, *reversed(self.grade_multipliers))[p.grade + 1]

    def coefficients(self, model):
        quarterly, found = {}, {}
        for group in model.grouped(model.ranked()).values():
            n = len(group)
            for place, p in enumerate(sorted(group, key=lambda p: (p.score, p.stream))):
                absolute = min(2.0, max(0.0, 1 + self.score_slope * (p.score - model.mu)))
                rank = 2 * ((place + 0.5) / n)
                quarterly[p] = max(0.0, self.rank_weight * rank + (1 - self.rank_weight) * absolute)
        for p in model.at_work:
            found[p] = (quarterly.get(p, 1.0), self.grade_coefficient(p), self.annual_coefficient(p))
        return found

    def of_departments(self, model):
        """The department's coefficient."""
        scores = {}
        for p in model.ranked():
            scores.setdefault(p.department, []).append(p.score)
        found = dict.fromkeys(model.departments, 1.0)
        for d, own in scores.items():
            above = sum(own) / len(own) - model.mu
            found[d] = min(2.0, max(0.0, 1 + self.department_slope * above))
        return found

    def pay(self, model):
        people, coefficients, of_department = model.at_work, self.coefficients(model), None
        of_department = self.of_departments(model)
        parts = (self.quarterly_part, self.grade_part, self.annual_part)
        if self.pot == "open":
            shares = self._open(model, people, coefficients, of_department)
        else:
            shares = self._zero_sum(model, people, coefficients, of_department)
        paid = {}
        for p in people:
            three = [part * share for part, share in zip(parts, shares[p], strict=True)]
            room = (self.cap - 1 + self.floating_share) * p.normal_pay / model.year
            kept = room / sum(three) if sum(three) > room else 1.0
            paid[p] = [x * kept for x in three]
        return paid

    def _open(self, model, people, coefficients, of_department):
        factors = self.funds(model)[1]
        found = {}
        for p in people:
            floating = self.floating_share * p.normal_pay / model.year * factors[p.organisation]
            found[p] = [c * of_department[p.department] * floating for c in coefficients[p]]
        return found

    def _zero_sum(self, model, people, coefficients, of_department):
        normal, factors = self.funds(model)
        found = {p: [] for p in people}
        teams = {}
        for p in people:
            teams.setdefault(p.department, []).append(p)
        bill = {d: sum(p.normal_pay for p in team) for d, team in teams.items()}
        claims = {d: bill[d] * of_department[d] for d in teams}
        for d, team in teams.items():
            own = [other for other in teams if other.organisation == d.organisation]
            all_claims, all_bills = sum(claims[other] for other in own), sum(bill[other] for other in own)
            part = claims[d] / all_claims if all_claims > 0 else bill[d] / all_bills
            fund = normal[d.organisation] * factors[d.organisation] * part
            for i in range(3):
                weights = {p: p.normal_pay * coefficients[p][i] for p in team}
                total = sum(weights.values())
                for p in team:
                    share = weights[p] / total if total > 0 else p.normal_pay / bill[d]
                    found[p].append(fund * share)
        return found

    # ---- what it makes worthwhile

    def expected_coefficient(self, model, outlook, p):
        """The quarterly coefficient expected, and its slope on the own score."""
        q = outlook.quarter
        if p not in q.z:
            return 1.0, 0.0
        place, fixed = self.rank_weight, 1 - self.rank_weight
        mean = place * 2 * Phi(q.z[p] / math.sqrt(2))
        mean += fixed * (1 + self.score_slope * (outlook.own[p] - model.mu))
        return mean, place * 2 * q.passing(p) + fixed * self.score_slope

    def below_cap(self, model, outlook, p, factor):
        """Chance that the cap does not bind."""
        if self.floating_share * factor == 0:
            return 1.0
        mean, slope = self.expected_coefficient(model, outlook, p)
        room = (self.cap - 1 + self.floating_share) / (self.floating_share * factor)
        room -= self.grade_part * self.grade_coefficient(p) + self.annual_part * self.annual_coefficient(p)
        if self.quarterly_part == 0:
            return float(room >= 0)
        room /= self.quarterly_part
        spread = slope * outlook.quarter.sd[p] if p in outlook.quarter.z else 0.0
        return Phi((room - mean) / spread) if spread > 0 else float(room >= mean)

    def stakes_of(self, model, outlook):
        """F, the fund's one over mean for each part, and what one's own claim leaves, by person."""
        factors, found, teams = self.funds(model)[1], {}, {}
        for p in model.at_work:
            teams.setdefault(p.department, []).append(p)
        for team in teams.values():
            means = [
                sum(self.expected_coefficient(model, outlook, p)[0] for p in team) / len(team),
                sum(self.grade_coefficient(p) for p in team) / len(team),
                sum(self.annual_coefficient(p) for p in team) / len(team),
            ]
            shares = [1 / mean if mean != 0 else 0.0 for mean in means]
            left = 1 - 1 / len(team)
            for p in team:
                factor = factors[p.organisation]
                at_stake = self.floating_share * p.normal_pay * factor
                at_stake *= self.below_cap(model, outlook, p, factor)
                found[p] = (at_stake, *((1.0, 1.0, 1.0, 1.0) if self.pot == "open" else (*shares, left)))
        return found

    def prizes(self, model, outlook):
        """What meeting the target is worth."""
        targets, d = model.rules["contributions"], model.behaviour["stakes"]["discount"]
        if not targets.sets:
            return {}
        gain = self.target_multipliers[0] - self.target_multipliers[1]
        return {
            p: at_stake * self.annual_part * annual * left * d * gain * targets.ratchet(model, p)
            for p, (at_stake, _, _, annual, left) in self.stakes_of(model, outlook).items()
        }

    def faces(self, model, outlook):
        d, found, rank, shared = model.behaviour["stakes"]["discount"], {}, {}, {}
        best, competent, basic, failed = self.grade_multipliers
        q, prizes = outlook.quarter, self.prizes(model, outlook)
        bill, bills = {}, {}
        for p in model.at_work:
            bill[p.department] = bill.get(p.department, 0.0) + p.normal_pay
            bills[p.organisation] = bills.get(p.organisation, 0.0) + p.normal_pay
        for p, (at_stake, quarterly, grade, _, left) in self.stakes_of(model, outlook).items():
            member, n = p in q.z, q.size.get(p, 0)
            place = absolute = team = 0.0
            if member and n > 1:
                place = at_stake * self.quarterly_part * quarterly
                place *= self.rank_weight * 2 * q.passing(p) * (1 - 1 / n)
            if member:
                absolute = at_stake * self.quarterly_part * quarterly * left
                absolute *= (1 - self.rank_weight) * self.score_slope
                team = at_stake * self.department_slope / len(model.members_of(p.department))
                if self.pot == "zero_sum":
                    team *= 1 - bill[p.department] / bills[p.organisation]
            top = (best - competent) * outlook.excellent.get(p, 0.0)
            bottom = (competent - basic) * outlook.basic.get(p, 0.0)
            bottom += (basic - failed) * outlook.failing.get(p, 0.0)
            grades = at_stake * self.grade_part * grade * left * d
            if self.of_list:
                rises = [self.of_list[i + 1] - self.of_list[i] for i in range(len(self.of_list) - 1)]
                there = [(step.get(p, 0.0), is_rank) for step, is_rank in outlook.steps]
                steps = [(rise * step, is_rank) for rise, (step, is_rank) in zip(rises, there, strict=True)]
                top, bottom = 0.0, sum(slope for slope, _ in steps)
            target = prizes.get(p, 0.0) * outlook.year.below(p, p.target)[0] if p in outlook.year.z else 0.0
            own = place + absolute + grades * (top + bottom) + target
            found[p], shared[p] = own + team, team
            ranked = top * outlook.top_is_rank + bottom * outlook.bottom_is_rank
            if self.of_list:
                ranked = sum(slope * is_rank for slope, is_rank in steps)
            rank[p] = own if self.pot == "zero_sum" else place + grades * ranked
        return found, rank, shared
