"""Twins of the comparators' rules, one employee at a time (ODD 7.20)."""

import math
from statistics import NormalDist

from sim.core.draws import streams
from tests.oracle.rules import FourGrades, Ladder, Managers, Open, Trigger, twin

phi, quantile = NormalDist().pdf, NormalDist().inv_cdf


def comfort(model, post):
    """N(comfort) of a post, drawn once for all."""
    import numpy as np

    stream = streams(np.array([model.replication]), np.array([post.number + 2**46]))
    return float(model.draws.normal("comfort", 0, stream)[0])


@twin("posts", "ranked_postings")
class RankedPostings(Open):
    def reshuffle(self, model, appraised):
        """(person, post) of those whose post changes."""
        if (model.quarter // model.year) % self.every_years:
            return []
        groups = {}
        for p in appraised:
            if p.employed and p.post is not None:
                groups.setdefault((p.organisation, p.manager, p.department.kind), []).append(p)
        moves = []
        for people in groups.values():
            best_first = sorted(people, key=lambda p: (-p.annual_score, -p.stream))
            cosiest_first = sorted(
                (p.post for p in people), key=lambda post: (-comfort(model, post), post.number)
            )
            moves += [
                (p, post) for p, post in zip(best_first, cosiest_first, strict=True) if post is not p.post
            ]
        return moves

    def all_rank(self, outlook):
        return True

    def worth(self, model, outlook):
        year, delta = outlook.year, model.behaviour["stakes"]["discount"]
        return {
            p: self.posting_worth * delta / self.every_years / (year.spread[p] * math.sqrt(2))
            for p in year.members
            if year.size[p] > 1 and year.spread[p] > 0
        }


@twin("appraisal", "absolute_standard")
class AbsoluteStandard(FourGrades):
    def _top(self, model):
        mean, sd = model.standard
        return mean + sd * self._upper(self.excellent_share) - self.leniency

    def _upper(self, share):
        return math.inf if share == 0 else quantile(1 - share)

    def grade(self, model, appraised):
        low, high = self.scores(model)
        top = self._top(model)
        return {
            p: 0
            if p.annual_score < low
            else 1
            if p.annual_score < high
            else 3
            if p.annual_score >= top
            else 2
            for p in appraised
        }

    def cuts(self, model, outlook):
        outlook.top_is_rank = False
        low, high = self.scores(model)
        top, year = self._top(model), outlook.year
        outlook.failing = {p: year.below(p, low)[0] for p in year.members}
        outlook.failing_chance = {p: year.below(p, low)[1] for p in year.members}
        outlook.basic = {p: year.below(p, high)[0] for p in year.members}
        outlook.excellent = {p: year.below(p, top)[0] for p in year.members}


@twin("trigger", "managers_at_the_back")
class ManagersAtTheBack(Managers):
    def hit(self, model, appraised):
        scores, o = {}, self.own_share
        for p in appraised:
            scores.setdefault(p.department, []).append(self.score(p))
        mean = {department: sum(values) / len(values) for department, values in scores.items()}
        value = {p: o * self.score(p) + (1 - o) * mean[p.department] for p in self.eligible(model, appraised)}
        who = sorted(value, key=lambda p: (value[p], p.stream))
        return set(who[: math.floor(self.share * len(who))])

    def own_part(self, model):
        return self.own_share


@twin("trigger", "bottom_of_organisation")
class BottomOfOrganisation(Trigger):
    def tier(self, p):
        return not p.manager

    def eligible(self, model, appraised):
        return [p for p in appraised if not p.manager]

    def hit(self, model, appraised):
        groups, found = {}, set()
        for p in self.eligible(model, appraised):
            groups.setdefault(p.organisation, []).append(p)
        for people in groups.values():
            people.sort(key=lambda p: (self.score(p), p.stream))
            found.update(people[: math.floor(self.share * len(people))])
        return found

    def risk(self, model, outlook):
        scores = self.contest(outlook)
        count, who = {}, [p for p in scores.members if not p.manager]
        for p in who:
            count[p.organisation] = count.get(p.organisation, 0) + 1
        n = {p: count[p.organisation] for p in who}
        found = scores.crossing({p: (n[p], math.floor(self.share * n[p])) for p in who})
        return self.a_year(model, found)


class Unfeared(Trigger):
    def risk(self, model, outlook):
        return {}


@twin("trigger", "lost_competition")
class LostCompetition(Unfeared):
    def tier(self, p):
        return not p.manager

    def eligible(self, model, appraised):
        return [p for p in appraised if not p.manager]

    def hit(self, model, appraised):
        people = self.eligible(model, appraised)
        put_up, rival = model.uniform("post_put_up", people), model.normal("challenger", people)
        return {
            p
            for p in people
            if put_up[p] < self.contested_share and model.mu + math.sqrt(model.V) * rival[p] > p.belief
        }


@twin("trigger", "failed_vote")
class FailedVote(Trigger):
    def eligible(self, model, appraised):
        return list(appraised)

    def hit(self, model, appraised):
        noise, weight = model.normal("vote", list(appraised)), self.vote_weight
        return {
            p
            for p in appraised
            if weight * quantile(p.rank_share) + math.sqrt(1 - weight**2) * noise[p]
            < quantile(self.fail_share)
        }

    def risk(self, model, outlook):
        at_cut, year = phi(quantile(self.fail_share)), outlook.year
        return {
            p: (
                self.vote_weight * at_cut / year.spread[p]
                if year.size[p] > 1 and year.spread[p] > 0
                else 0.0,
                self.fail_share,
            )
            for p in year.members
        }


@twin("trigger", "refused_reposting")
class RefusedReposting(Unfeared):
    def eligible(self, model, appraised):
        return [p for p in model.at_work if p.displaced >= 0 and model.quarter - p.displaced < model.year]

    def hit(self, model, appraised):
        people = self.eligible(model, appraised)
        luck = model.uniform("refusal", people)
        return {p for p in people if luck[p] < self.refusal_share}


@twin("ranks", "reputation")
class Reputation(Ladder):
    def order(self, model, people):
        return {p: p.belief for p in people}

    def worth(self, model, outlook):
        delta, found = model.behaviour["stakes"]["discount"], {}
        for p in outlook.year.members:
            total = p.belief_variance + model.noise_variance(p.manager) / model.year
            gain = p.belief_variance / total if total > 0 else 0.0
            left = 1 - delta * (1 - gain)
            found[p] = self.worth_a_year * delta * gain / left if left > 0 else 0.0
        return found

    def faces(self, model, outlook):
        found = self.worth(model, outlook)
        return found, {p: m for p, m in found.items() if outlook.year.size[p] > 1}, {}


@twin("trigger", "competence_test")
class CompetenceTest(Unfeared):
    def eligible(self, model, appraised):
        return list(model.at_work)

    def hit(self, model, appraised):
        people = self.eligible(model, appraised)
        luck = model.normal("competence_test", people)
        return {p for p in people if p.ability + self.error_sd * luck[p] < self.standard}
