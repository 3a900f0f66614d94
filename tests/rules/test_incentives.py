"""What a rule says effort is worth is what effort gets: marginal rewards against finite differences.

One person in each of many departments scores `STEP` more, then `STEP` less, under the same luck; half the difference
of what the rule then decides is compared with the rule's own marginal reward. Scores are standard normal, as the
standing of `small.py` believes. False alarms: four standard errors, below one seed in 10 000 for each test; the
allowance of one per cent is for the curvature over the step.
"""

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import ndtr

from sim.core.draws import Draws, streams
from sim.core.orders import chance_of, quantile_of
from sim.people.staff import Departments, Posts, Staff
from sim.people.view import Standard, View
from sim.response.standing import contest
from sim.rules.adjustment import (
    BottomManagers,
    BottomOfOrganisation,
    FailedVote,
    IncompetentGrade,
    LastInDepartment,
    LastInMunicipality,
    ManagersAtTheBack,
    Probation,
)
from sim.rules.appointment import Contract
from sim.rules.appraisal import AbsoluteStandard, ForcedDistribution, FourGrades
from sim.rules.floating_pay import ThreePartPay
from sim.rules.ranks import RankLadder, ReputationRanks
from tests.rules.small import standing_of, view_of

STEP = 0.2
QUARTERLY = {"floating_share": 0.4, "quarterly_part": 1.0, "grade_part": 0.0, "annual_part": 0.0, "cap": 10.0}
BY_GRADE = {"floating_share": 0.4, "quarterly_part": 0.0, "grade_part": 1.0, "annual_part": 0.0, "cap": 10.0}
STRICT = FourGrades(incompetent_share=0.1, basic_share=0.2)


def many(size: int, groups: int, *, managers: bool = False) -> View:
    """Many groups of `size` at a year's close: departments, or (`managers`) areas of managers of a department each."""
    people, group = size * groups, np.repeat(np.arange(groups), size)
    own = group if managers else np.zeros(people, dtype=np.int64)
    department = np.arange(people) if managers else group
    staff, posts, departments = Staff(), Posts(), Departments(people if managers else groups)
    rows = {"replication": own, "organisation": own, "department": department, "post": np.arange(people)}
    clocks = dict.fromkeys(("quarters_in_department", "quarters_scored", "quarters_in_rank"), 4)
    stream = streams(np.zeros(people, dtype=np.int64), np.arange(people))
    staff.append(rows | clocks | {"stream": stream, "normal_pay": 1.0, "manager": managers}, people)
    posts.append({name: rows[name] for name in ("replication", "organisation", "department")}, people)
    departments["number"] = np.arange(departments.size)
    if managers:
        departments["replication"] = departments["organisation"] = group
    return View(
        staff=staff,
        posts=posts,
        departments=departments,
        organisations=groups if managers else 1,
        quarter=8,
        quarters_per_year=4,
        draws=Draws(1),
        standard=Standard(0.0, 1.0),
        ranks_people=True,
    )


def difference(view, column, decide, seed=11, noise="normal"):
    """Mean change of what `decide` says of the first person of each department, per unit of `column`, and its error."""
    size = np.bincount(view.ranking_group - view.ranking_group.min())[0]
    luck, first = (
        quantile_of(noise, ndtr(np.random.default_rng(seed).normal(size=view.staff.size))),
        np.arange(view.staff.size) % size == 0,
    )
    after = []
    for side in (1, -1):
        view.staff[column] = luck + side * STEP * first
        after.append(np.array(decide(view))[first].astype(float))
    change = (after[0] - after[1]) / (2 * STEP)
    return change.mean(), change.std() / np.sqrt(change.size)


def assert_same(found, said, allowed=0.01):
    mean, error = found
    assert said > 0.01
    assert abs(mean - said) < 4 * error + allowed * said
    assert error < 0.035 * said


@pytest.mark.parametrize("pot", ["zero_sum", "open"])
@pytest.mark.parametrize("rank_weight", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("size", [2, 6])
def test_the_quarterly_part(size, rank_weight, pot):
    """The quarterly pay of four quarters; in a department of n one competes with n − 1 others for one's share."""
    rule = ThreePartPay(**QUARTERLY, rank_weight=rank_weight, pot=pot)
    view = many(size, 15_000)
    fund = np.array([0.4 * view.staff.size / 4])
    found = difference(view, "score", lambda now: 4 * rule.parts(now, fund).quarterly)
    # in a fund of two the own score moves the mean coefficient by which it is shared: 2 % here, second order
    assert_same(found, float(rule.worth(standing_of(view)).marginal[0]), 0.03 if size == 2 else 0.01)


@pytest.mark.parametrize("rule", [STRICT, ForcedDistribution()], ids=lambda rule: rule.kind)
def test_the_grade_part(rule):
    """Normal floating pay by grade, next year, so discounted; in an open pot nobody else loses by it."""
    pay, view = ThreePartPay(**BY_GRADE, pot="open"), many(6, 20_000)

    def coefficient(now):
        now.staff["grade"] = rule.grade(now)
        return pay.coefficients(now).grade

    standing = standing_of(view)
    said = pay.worth(replace(standing, cuts=rule.cut_density(view, standing.year))).marginal[0]
    mean, error = difference(view, "annual_score", coefficient)
    worth_of_one = 0.4 * standing.stakes.discount
    assert_same((mean * worth_of_one, error * worth_of_one), float(said))


def test_the_annual_part():
    """Meeting the target pays the annual part once more than missing it.

    Four of ten met theirs, so the mean coefficient by which the fund is shared is 0.9; of a gain one loses a tenth.
    """
    rule = ThreePartPay(floating_share=0.4, quarterly_part=0.0, grade_part=0.0, annual_part=1.0, cap=10.0)
    people = [{"who": number, "target": 0.3, "target_met": int(number < 4)} for number in range(10)]
    view = view_of(people)
    coefficient = rule.coefficients(view).annual
    prize = coefficient[0] - coefficient[9]
    assert prize == pytest.approx(1.0)
    step = 1e-5
    rise = (ndtr(0.3 + step) - ndtr(0.3 - step)) / (2 * step)
    standing = standing_of(view, has_targets=True, ratchet=np.full(10, 0.25))
    expected = 0.4 * standing.stakes.discount * prize * rise * 0.25
    assert rule.worth(standing).marginal[0] == pytest.approx(expected * 0.9 / 0.9, rel=1e-6)
    assert rule.worth(standing).rank_part[0] == pytest.approx(expected * 0.9 / 0.9, rel=1e-6)
    alone = rule.model_copy(update={"pot": "open"}).worth(standing)
    assert alone.marginal[0] == pytest.approx(expected, rel=1e-6)
    assert alone.rank_part[0] == 0


CLOCKED = {
    "last in the department": (LastInDepartment(in_a_row=1, clock="quarter"), 6),
    "bottom of the organisation": (BottomOfOrganisation(share=0.35, clock="quarter"), 20),
    "bottom managers": (BottomManagers(share=0.3, in_a_row=1, clock="quarter"), 10),
    "managers at the back": (ManagersAtTheBack(share=0.2, clock="quarter"), 10),
}


@pytest.mark.parametrize("case", CLOCKED)
def test_a_quarter_is_feared_four_times_a_year(case):
    """One SD kept up for a year moves the chance of a hit in each of its four quarters."""
    rule, size = CLOCKED[case]
    managers = "managers" in case
    view = many(size, 10_000, managers=managers)
    if not managers:
        group = np.asarray(view.staff.department)
        view = replace(view, organisations=int(group.max()) + 1)
        view.staff["organisation"], view.departments["organisation"] = group, np.arange(view.departments.size)
    said = rule.fear(standing_of(view), np.zeros(view.staff.size, dtype=np.int8), 0.6)[0]
    assert_same(difference(view, "score", lambda now: -0.6 * 4 * rule.hit(now)), float(said))


@pytest.mark.parametrize("noise", ["normal", "logistic", "gumbel"])
@pytest.mark.parametrize("size", [2, 6])
def test_being_last_in_the_department(size, noise):
    rule, view = LastInDepartment(in_a_row=1), many(size, 20_000)
    standing = standing_of(view)
    standing = replace(standing, year=replace(standing.year, noise=noise))
    said = rule.fear(standing, np.zeros(view.staff.size, dtype=np.int8), 0.6)[0]
    found = difference(view, "annual_score", lambda now: -0.6 * rule.hit(now), noise=noise)
    assert_same(found, float(said))


@pytest.mark.parametrize(
    "appraisal", [STRICT, ForcedDistribution(bottom_share=0.3)], ids=lambda rule: rule.kind
)
def test_failing_the_appraisal(appraisal):
    rule, view = IncompetentGrade(in_a_row=1), many(5, 20_000)

    def loss(now):
        now.staff["grade"] = appraisal.grade(now)
        return -0.6 * rule.hit(now)

    standing = standing_of(view)
    standing = replace(standing, cuts=appraisal.cut_density(view, standing.year))
    said = rule.fear(standing, np.zeros(view.staff.size, dtype=np.int8), 0.6)[0]
    assert_same(difference(view, "annual_score", loss), float(said))


@pytest.mark.parametrize("rule", [ManagersAtTheBack(share=0.2), BottomManagers(share=0.3, in_a_row=1)])
def test_managers_at_the_bottom(rule):
    """Ten managers in each of many areas."""
    view = many(10, 10_000, managers=True)
    said = rule.fear(standing_of(view), np.zeros(view.staff.size, dtype=np.int8), 0.6)[0]
    assert_same(difference(view, "annual_score", lambda now: -0.6 * rule.hit(now)), float(said))


def test_a_manager_moves_the_departments_mean_by_a_share():
    """Ten departments of a manager and three staff in each of many areas; half is the manager's own score."""
    rule, groups = ManagersAtTheBack(share=0.2, own_share=0.5), 12_000
    view = many(10, groups, managers=True)
    colleagues = np.repeat(np.arange(view.staff.size), 3)
    area, luck = view.staff.organisation[colleagues], np.random.default_rng(5).normal(size=colleagues.size)
    posts = np.arange(view.staff.size, view.staff.size + colleagues.size)
    clocks = dict.fromkeys(("quarters_in_department", "quarters_scored", "quarters_in_rank"), 4)
    rows = {"replication": area, "organisation": area, "department": colleagues}
    managers = view.staff.size
    own = np.random.default_rng(11).normal(size=managers)
    view.staff.append(
        rows | clocks | {"post": posts, "normal_pay": 1.0, "annual_score": luck}, colleagues.size
    )
    view.posts.append(rows, colleagues.size)
    view = replace(view)
    said = rule.fear(standing_of(view), np.zeros(view.staff.size, dtype=np.int8), 0.6)[0]
    after, first = [], np.arange(managers) % 10 == 0
    for side in (1, -1):
        view.staff.annual_score[:managers] = own + side * STEP * first
        after.append(-0.6 * rule.hit(view)[:managers][first].astype(float))
    change = (after[0] - after[1]) / (2 * STEP)
    assert_same((change.mean(), change.std() / np.sqrt(change.size)), float(said), 0.03)


def test_passing_a_probation():
    """One of two quarters is scored; one SD kept up for a year moves their mean by a half of it in the quarter left."""
    view = view_of([{"probation_quarters": 1, "probation_sum": 0.4, "belief_variance": 0.5}, {}])
    standing, terms = standing_of(view), Probation(quarters=2, standard=-0.2)
    noise = float(standing.quarter.own_sd[0] ** 2 - 0.5)
    sd = np.sqrt(0.5 / 4 + noise / 4)

    def failing(more):
        return ndtr((-0.2 - (0.4 + standing.own[0] + more) / 2) / sd)

    rise = (failing(-1e-4) - failing(1e-4)) / 2e-4
    found = terms.fear(standing, 0.8)
    assert found[0] == pytest.approx(4 * rise * 0.8, rel=1e-6)
    assert found[1] == 0
    assert terms.chance_of_failing(standing)[1] == pytest.approx(
        ndtr((-0.2 - standing.own[1]) / np.sqrt(1 + (standing.quarter.own_sd[1] ** 2 - 1) / 2))
    )


def test_a_bottom_share_of_an_organisation():
    """Seven of twenty in one organisation of one department."""
    rule, view = BottomOfOrganisation(share=0.35), many(20, 10_000)
    group = np.asarray(view.staff.department)
    view = replace(view, organisations=int(group.max()) + 1)
    view.staff["organisation"], view.departments["organisation"] = group, np.arange(view.departments.size)
    said = rule.fear(standing_of(view), np.zeros(view.staff.size, dtype=np.int8), 0.6)[0]
    assert_same(difference(view, "annual_score", lambda now: -0.6 * rule.hit(now)), float(said))


def test_a_vote_follows_the_place_in_the_ranking():
    """The vote is a normal score correlated with the place; the slope of a place of one's own is what is feared."""
    rule, view = FailedVote(fail_share=0.3, vote_weight=0.6), many(40, 1500)

    def loss(now):
        rank = now.staff.annual_score.reshape(-1, 40).argsort(axis=1).argsort(axis=1)
        now.staff["rank_share"] = (rank.ravel() + 0.5) / 40
        return -0.6 * rule.hit(now)

    said = rule.fear(standing_of(view), np.zeros(view.staff.size, dtype=np.int8), 0.6)[0]
    mean, error = difference(view, "annual_score", loss)
    assert said > 0.01
    assert abs(mean - said) < 4 * error + 0.05 * said


@pytest.mark.parametrize(
    "appraisal",
    [STRICT, AbsoluteStandard(incompetent_share=0.1, basic_share=0.2), ForcedDistribution(bottom_share=0.3)],
    ids=lambda rule: rule.kind,
)
@pytest.mark.parametrize("grade", [1, 2, 3])
def test_the_contract_that_ends_this_year(grade, appraisal):
    rule, view = Contract(renewal_grade=grade), many(5, 20_000)
    view.staff["contract"], view.staff["contract_end"] = True, 8

    def loss(now):
        now.staff["grade"] = appraisal.grade(now)
        return -1.25 * ~rule.renewed(now)

    standing = standing_of(view)
    standing = replace(standing, cuts=appraisal.cut_density(view, standing.year))
    said = rule.worth(standing).marginal[0]
    assert_same(difference(view, "annual_score", loss), float(said))


def test_a_contract_that_ends_later_is_worth_nothing_now():
    view = view_of([{"contract": True, "contract_end": 12}, {"contract": True, "contract_end": 12}])
    standing = standing_of(view)
    standing = replace(standing, cuts=STRICT.cut_density(view, standing.year))
    assert not Contract().worth(standing).marginal.any()


def test_promotion_by_merit():
    """Being the best of the rank wins an opening: eight years of the pay step, discounted, times the openings."""
    rule, size = RankLadder(promotion="merit"), 6
    view = many(size, 20_000)
    standing = standing_of(view, pay_step=np.full(view.staff.size, 0.2))
    department = np.asarray(view.staff.department)
    posts = np.concatenate([department, department[::size]])
    view.posts.append({"rank": 2, "department": department[::size]}, posts.size - department.size)
    standing = replace(standing, field=department, post_field=posts, fields=view.departments.size)
    prize = 0.95 * 8 * 0.2 * 0.07
    found = difference(view, "annual_score", lambda now: prize * _best(now, size))
    assert_same(found, float(rule.worth(standing).marginal[0]))


def _best(view, size):
    score = view.staff.annual_score.reshape(-1, size)
    return (score == score.max(axis=1, keepdims=True)).ravel()


@pytest.mark.parametrize("gain", [0.2, 0.7])
def test_a_reputation_lasts(gain):
    """One SD more this year, and what a filter of that gain still holds of it in each of the next 200 years."""
    rule, view = ReputationRanks(worth_a_year=0.3), view_of([{}] * 3)
    paid = []
    for first in (1.0, 0.0):
        belief, total = 0.0, 0.0
        for year in range(200):
            total += 0.95**year * 0.3 * belief
            belief += gain * ((first if year == 0 else 0.0) - belief)
        paid.append(total)
    standing = standing_of(view, gain=np.full(3, gain))
    assert rule.worth(standing).marginal == pytest.approx(paid[0] - paid[1], rel=1e-4)


def test_promotion_by_seniority():
    """An excellent grade saves half a year on the way to the next pay step."""
    rule, view = RankLadder(promotion="seniority"), many(6, 20_000)

    def gain(now):
        return 0.95 * 0.5 * 0.2 * (STRICT.grade(now) == 3)

    standing = standing_of(view, pay_step=np.full(view.staff.size, 0.2))
    standing = replace(standing, cuts=STRICT.cut_density(view, standing.year))
    assert_same(difference(view, "annual_score", gain), float(rule.worth(standing).marginal[0]))


def test_the_indicator_moves_by_a_share_of_ones_own_score():
    """Four chances a year; one SD kept up moves the indicator by the holder's half, and by a half of the other half."""
    rule = LastInMunicipality(in_a_row=1)
    view = view_of([{"indicator": True}, {}])
    standing = standing_of(view)
    holder = np.array([True, False])
    chances = []
    for step in (1e-4, 0.0, -1e-4):
        contest = replace(
            standing.year, member=holder, z=standing.year.z + step * 0.75 / standing.year.spread
        )
        standing = replace(standing, indicator=contest)
        chances.append(rule.risk(standing)[1][0])
        if step == 0:
            said = rule.fear(standing, np.zeros(2, dtype=np.int8), 0.6)
    slope = (chances[2] - chances[0]) / 2e-4
    assert said[0] == pytest.approx(4 * slope * 0.6, rel=1e-3)
    assert said[1] == 0


@pytest.mark.parametrize("noise", ["normal", "logistic", "gumbel"])
def test_among_many_ones_own_error_and_the_rivals_differ(noise):
    """1200 people, the first of whom is half as uncertain as the others and a little better: by drawing the others."""
    size, lowest, own_sd, rivals_sd, better = 1200, 600, 0.75, 1.5, 0.4
    own, sds = np.zeros(size), np.full(size, rivals_sd)
    own[0], sds[0] = better, own_sd
    year = contest(view_of([{}] * size), np.ones(size, dtype=bool), own, np.zeros(size), sds**2, noise)
    year = replace(year, spread=np.full(size, np.sqrt((own_sd**2 + rivals_sd**2) / 2)))
    density, chance = (found[0] for found in year.crossing(np.full(size, lowest)))
    shares = np.random.default_rng(2).uniform(size=(1000, size - 1))
    boundary = rivals_sd * quantile_of(noise, np.partition(shares, lowest - 1, axis=1)[:, lowest - 1])

    def hit(shift):
        return chance_of(noise, (boundary - better - shift) / own_sd).mean()

    assert chance == pytest.approx(hit(0.0), rel=0.03)
    assert density == pytest.approx((hit(-0.05) - hit(0.05)) / 0.1, rel=0.03)


NEAR = {
    "the best may rise": (RankLadder(promotion="merit"), 1),
    "the last may fall": (LastInDepartment(in_a_row=1), -1),
    "the weak may fail": (IncompetentGrade(in_a_row=1), -1),
}


@pytest.mark.parametrize("case", NEAR)
def test_a_prize_moves_whoever_is_near_it(case):
    """Six people, one believed to stand one SD above and one as much below the others."""
    rule, side = NEAR[case]
    view = view_of([{}] * 6)
    own = np.array([1.0, 0.0, 0.0, 0.0, 0.0, -1.0])
    year = contest(view, np.ones(6, dtype=bool), own, np.full(6, 0.5), np.full(6, 0.5))
    standing = standing_of(view, year=year, pay_step=np.full(6, 0.2), cuts=STRICT.cut_density(view, year))
    view.posts["rank"][0] = 2
    if isinstance(rule, RankLadder):
        worth = rule.worth(standing).marginal
    else:
        worth = rule.fear(standing, np.zeros(6, dtype=np.int8), 0.6)
    assert worth.all()
    assert (worth[0] > worth[1] > worth[5]) if side > 0 else (worth[0] < worth[1] < worth[5])
