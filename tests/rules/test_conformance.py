"""What every rule owes: it only decides, it treats people as people, and what it makes worthwhile adds up."""

import numpy as np
import pytest

from sim.model.state import State
from tests.rules.kinds import KINDS, NULL_KINDS, area_under, decisions, variants, worth_in

each_kind = pytest.mark.parametrize("name", KINDS)
at_both_times = pytest.mark.parametrize("opening", [False, True], ids=["closing", "opening"])


def test_the_area_has_been_lived_in():
    """Otherwise the tests below would ask easy questions."""
    state = area_under(KINDS["appraisal.four_grades"]())
    staff = state.staff
    assert staff.in_reservoir.sum() >= 5
    assert (staff.leader & staff.on_post).sum() == 12
    assert (state.posts.vacant_since >= 0).sum() >= 3
    assert 30 < state.view().appraised.sum() < staff.at_work.sum()
    assert len(np.unique(staff.grade)) == 5
    assert set(np.unique(staff.target_met)) == {-1, 0, 1}


def written(state: State) -> dict[str, bytes]:
    """Everything that a rule could write to."""
    tables = {"staff": state.staff, "posts": state.posts, "departments": state.departments}
    found = {f"{table}.{name}": each[name].tobytes() for table, each in tables.items() for name in each.names}
    return found | {"funds": state.funds.tobytes(), "growth": state.growth.tobytes()}


@at_both_times
@each_kind
def test_a_rule_only_decides(name, opening):
    """Nothing is written, and asked again it says the same."""
    for rule in variants(KINDS[name]):
        state = area_under(rule, opening)
        before = written(state)
        first = {key: np.array(value) for key, value in decisions(rule, state).items()}
        second = decisions(rule, state)
        assert written(state) == before
        for key, answer in first.items():
            np.testing.assert_array_equal(second[key], answer, err_msg=key)


@at_both_times
@each_kind
def test_an_answer_is_about_everybody(name, opening):
    for rule in variants(KINDS[name]):
        state = area_under(rule, opening)
        for key, answer in decisions(rule, state).items():
            assert answer.shape == (state.staff.size,), key
            assert np.isfinite(answer.astype(float)).all(), key


def permuted(table, order):
    for name in table.names:
        table[name] = np.array(table[name])[order]


def renumbered(column, order):
    """Row numbers after the rows have been put in `order`; -1 stays."""
    place = np.append(np.argsort(order), -1)
    return place[column]


def shuffled(state: State, seed: int) -> State:
    """The same area with its people, departments and posts in another order."""
    luck, staff = np.random.default_rng(seed), state.staff
    each = state.departments.size // state.replications.size
    departments = np.concatenate(
        [luck.permutation(each) + part * each for part in range(state.replications.size)]
    )
    posts = luck.permutation(state.posts.size)
    for table in (staff, state.posts):
        table["department"] = renumbered(np.array(table["department"]), departments)
    staff["post"] = renumbered(np.array(staff.post), posts)
    permuted(state.departments, departments)
    permuted(state.posts, posts)
    permuted(staff, luck.permutation(staff.size))
    return state


def by_person(state: State, answers):
    order = np.lexsort((state.staff.person, state.staff.replication))
    return {key: answer[order] for key, answer in answers.items()}


@at_both_times
@each_kind
def test_the_order_of_rows_does_not_matter(name, opening):
    """Who is stored where, and what number a department or post has, is nobody's business."""
    for number, rule in enumerate(variants(KINDS[name])):
        state = area_under(rule, opening)
        expected = by_person(state, decisions(rule, state))
        moved = shuffled(area_under(rule, opening), seed=number)
        assert not np.array_equal(moved.staff.person, state.staff.person)
        found = by_person(moved, decisions(rule, moved))
        for key, answer in expected.items():
            if answer.dtype.kind == "f":
                np.testing.assert_allclose(found[key], answer, rtol=1e-9, atol=1e-12, err_msg=key)
            else:
                np.testing.assert_array_equal(found[key], answer, err_msg=key)


@at_both_times
@each_kind
def test_nobody_is_no_problem(name, opening):
    for rule in variants(KINDS[name]):
        state = area_under(rule, opening)
        state.staff.keep(np.zeros(state.staff.size, dtype=bool))
        assert {answer.size for answer in decisions(rule, state).values()} == {0}


def one_of_each_group(state: State):
    """One person at work of every department, at most one a ranking group, and everybody who is not at work."""
    staff, group = state.staff, state.view().ranking_group
    keep, taken = ~staff.at_work, (set(), set())
    for row in np.flatnonzero(staff.at_work):
        if staff.department[row] not in taken[0] and group[row] not in taken[1]:
            keep[row] = True
            taken[0].add(staff.department[row])
            taken[1].add(group[row])
    return keep


@at_both_times
@each_kind
def test_whoever_is_alone_competes_with_nobody(name, opening):
    for rule in variants(KINDS[name]):
        state = area_under(rule, opening)
        state.staff.keep(one_of_each_group(state))
        answers = decisions(rule, state)
        assert {answer.size for answer in answers.values()} == {state.staff.size}
        if not name.startswith(("trigger.managers", "trigger.bottom", "adjustment.")):
            assert not answers["rank_part"].any()


@each_kind
def test_a_single_person_is_no_problem(name):
    for rule in variants(KINDS[name]):
        state = area_under(rule)
        state.staff.keep(np.arange(state.staff.size) == int(np.flatnonzero(state.staff.at_work)[0]))
        assert {answer.size for answer in decisions(rule, state).values()} == {1}


@each_kind
def test_effort_is_never_punished(name):
    """Rewards are for people at work; a rule's part that only moves places is part of its reward."""
    for rule in variants(KINDS[name]):
        state = area_under(rule, opening=True)
        marginal, *parts = worth_in(state, rule.slot)
        assert (marginal >= 0).all()
        for part in parts:
            assert (part >= 0).all()
            assert (part <= marginal + 1e-15).all()
        assert not marginal[~state.staff.at_work].any()


@pytest.mark.parametrize("name", NULL_KINDS)
def test_a_null_kind_makes_nothing_worthwhile(name):
    rule = KINDS[name]()
    for part in worth_in(area_under(rule, opening=True), rule.slot):
        assert not part.any()


BEYOND_ONES_SCORE = ["trigger.lost_competition", "trigger.refused_reposting", "trigger.competence_test"]
REWARDING = [
    "floating_pay.three_part",
    "adjustment.triggers",
    "appointment.contract",
    "ranks.ladder",
    "posts.ranked_postings",
    *(name for name in KINDS if name.startswith("trigger.") and name not in BEYOND_ONES_SCORE),
]


@pytest.mark.parametrize("name", REWARDING)
def test_the_others_make_something_worthwhile(name):
    rewards = [worth_in(area_under(rule, opening=True), rule.slot).marginal for rule in variants(KINDS[name])]
    assert max(float(marginal.max()) for marginal in rewards) > 1e-3


@pytest.mark.parametrize("name", BEYOND_ONES_SCORE)
def test_what_no_score_averts_makes_nothing_worthwhile(name):
    for rule in variants(KINDS[name]):
        assert not worth_in(area_under(rule, opening=True), rule.slot).marginal.any()


def test_a_lottery_frightens_nobody():
    triggers = {"last": {"kind": "last_in_department"}}
    rule = KINDS["adjustment.triggers"].model_validate({"triggers": triggers, "selection": "lottery"})
    assert not worth_in(area_under(rule, opening=True), "adjustment").marginal.any()


def test_pooled_selection_is_a_ranking_whatever_the_trigger():
    triggers = {"fail": {"kind": "incompetent_grade"}, "city": {"kind": "last_in_municipality"}}
    settings = {"triggers": triggers, "selection": "pooled", "expected_flag_share": 0.2}
    worth = worth_in(
        area_under(KINDS["adjustment.triggers"].model_validate(settings), opening=True), "adjustment"
    )
    assert worth.marginal.any()
    assert np.array_equal(worth.marginal, worth.rank_part)
    assert not worth.team_part.any()


RANKINGS = {
    "last_in_department": {},
    "bottom_managers": {},
    "bottom_of_organisation": {"share": 0.3},
    "managers_at_the_back": {"share": 0.3},
}


@pytest.mark.parametrize("name", RANKINGS)
def test_places_in_a_ranking_are_all_rank_part(name):
    rule = KINDS[f"trigger.{name}"].model_validate(RANKINGS[name])
    worth = worth_in(area_under(rule, opening=True), "trigger")
    assert worth.marginal.any()
    assert np.array_equal(worth.marginal, worth.rank_part)


@pytest.mark.parametrize("name", ["last_in_municipality", "managers_at_the_back"])
def test_the_departments_results_are_the_work_of_all(name):
    """All of it where nothing of what is ranked is one's own; else the rest of it, one part in so many people."""
    settings = dict(RANKINGS.get(name, {}))
    shares = {}
    for own_share in (0.0, 0.5):
        owned = {"own_share": own_share} if name == "managers_at_the_back" else {}
        state = area_under(KINDS[f"trigger.{name}"].model_validate(settings | owned), opening=True)
        terms = state.world.municipality.model_copy(update={"holder_share": own_share})
        state.world = state.world.model_copy(update={"municipality": terms})
        worth, people = worth_in(state, "trigger"), state.view().people_of_department
        feared = worth.marginal > 0
        assert feared.any()
        shares[own_share] = worth.team_part[feared] / worth.marginal[feared]
        rest = (1 - own_share) / people[feared]
        np.testing.assert_allclose(shares[own_share], rest / (own_share + rest))
    assert (shares[0.0] == 1).all()


@pytest.mark.parametrize("name", ["trigger.incompetent_grade", "trigger.last_in_municipality"])
def test_absolute_and_outside_standards_have_no_rank_part(name):
    worth = worth_in(area_under(KINDS[name](), opening=True), "trigger")
    assert worth.marginal.any()
    assert not worth.rank_part.any()
