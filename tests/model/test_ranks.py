"""More or fewer ranks than the usual six: who stands where, who rises, and what is refused."""

import numpy as np
import pytest

from sim.core.errors import UserError
from sim.model import NewAreaModel
from sim.scenario.loader import load
from sim.settings.place import Structure
from sim.settings.ranks import USUAL_RANKS, Ranks

PLACE = {
    "structure": {
        "area_level": {"departments": 2},
        "new_cities": {"departments": 5},
        "department_size": {"mean": 30},
        "manager_share": 0.3,
        "ranks": {"staff": 5, "managers": 3},
        "rank_shares": [0.3, 0.25, 0.2, 0.15, 0.1],
        "manager_rank_shares": [0.6, 0.4],
    },
    "world": {"leaders_per_organisation": 1},
    "horizon": {"quarters": 12},
}
PAY = [0.7, 0.75, 0.8, 0.9, 1.0, 1.2, 1.4, 1.7, 2.0]


def test_the_usual_ranks_are_staff_1_to_3_managers_4_and_5_leaders_6():
    assert (USUAL_RANKS.first_manager, USUAL_RANKS.highest_manager, USUAL_RANKS.leader) == (4, 5, 6)
    assert USUAL_RANKS.without_post == (5, 3, 2)
    assert Ranks(staff=5, managers=3).without_post == (8, 7, 5, 4, 3, 2)


def test_every_rank_has_the_posts_of_its_share():
    """Of 30 posts 9 are managers': a head, of 8 others 3.2 of rank 7; of 21 staff 2.1, 3.15, 4.2, 5.25 and the rest."""
    given = PLACE | {"structure": PLACE["structure"] | {"department_size": {"mean": 30, "variation": 0}}}
    posts = NewAreaModel(load(given)).state.posts
    for department in range(7):
        mine = posts.department == department
        assert (
            posts.rank[mine].tolist()
            == [8] + [7] * 3 + [6] * 5 + [5] * 2 + [4] * 3 + [3] * 4 + [2] * 5 + [1] * 7
        )
        assert posts.manager[mine].tolist() == [True] * 9 + [False] * 21
    assert (posts.rank[posts.leader] == 9).all()
    assert posts.leader.sum() == 6


def test_managers_of_one_rank():
    ranks = {
        "ranks": {"staff": 3, "managers": 1},
        "rank_shares": [0.4, 0.35, 0.25],
        "manager_rank_shares": [],
    }
    posts = NewAreaModel(load(PLACE | {"structure": PLACE["structure"] | ranks})).state.posts
    assert set(posts.rank[posts.manager].tolist()) == {4}
    assert set(posts.rank[posts.leader].tolist()) == {5}


@pytest.mark.parametrize("kind", ["open", "fixed"])
def test_people_rise_through_all_ranks_one_at_a_time(kind):
    """Under open posts ranks are reached without a post, within the tier; under fixed ones with a vacant post."""
    regime = {
        "posts": {"kind": kind},
        "ranks": {"kind": "ladder", "promotion": "merit", "years_in_rank": 1},
        "salaries": {"kind": "national_scale", "rank_pay": PAY},
        "appraisal": {"kind": "four_grades"},
    }
    area = NewAreaModel(load(PLACE | {"regime": regime, "behaviour": {"quits": {"base_established": 0.2}}}))
    before = dict(zip(area.state.staff.person.tolist(), area.state.staff.rank.tolist(), strict=True))
    risen = set()
    while area.running:
        area.step()
        staff = area.state.staff
        there = np.flatnonzero(staff.employed & ~staff.leader)
        now = dict(zip(staff.person[there].tolist(), staff.rank[there].tolist(), strict=True))
        steps = {now[one] - before[one] for one in now if one in before}
        risen |= {now[one] for one in now if now[one] > before.get(one, 99)}
        assert steps <= {0, 1} if kind == "fixed" else max(steps) <= 5
        before = now
    assert {2, 3, 4, 5} <= risen
    assert risen & {7, 8}
    assert max(risen) == 8
    assert max(area.residuals.values()) < 1e-6


def test_a_pyramid_of_twelve_ranks_is_filled_from_below():
    """Nobody but newcomers of rank 1 comes from outside where everybody may rise."""
    place = {
        "extends": "scenarios/validation/bare.yaml",
        "structure": {
            "new_cities": {"departments": 2},
            "ranks": {"staff": 9, "managers": 2},
            "rank_shares": [1, 0, 0, 0, 0, 0, 0, 0, 0],
            "posts_by_rank": [1, 2, 2, 2, 3, 3, 4, 4, 5, 6, 7, 20],
        },
        "regime": {
            "posts": {"kind": "fixed"},
            "ranks": {"kind": "ladder", "promotion": "merit", "years_in_rank": 0},
            "appraisal": {"kind": "four_grades", "basic_share": 0, "incompetent_share": 0},
        },
        "behaviour": {"quits": {"base_established": 0.1}},
        "horizon": {"quarters": 6},
    }
    area = NewAreaModel(load(place), replications=range(5)).run()
    staff = area.state.staff
    new = staff.employed & (staff.hired_quarter == 6)
    assert new.sum() > 10
    assert (staff.rank[new] == 1).mean() > 0.9
    assert (staff.rank[staff.employed] == 12).sum() == 10


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            {"structure.ranks.staff": 9},
            "structure.ranks.managers: 9 of staff, 3 of managers and the leaders' make 13 ranks",
        ),
        ({"structure.ranks.staff": 6}, "structure.rank_shares: 5 values for 6 ranks of staff"),
        (
            {"structure.ranks.managers": 2},
            "structure.manager_rank_shares: 2 values for 1 ranks of managers below",
        ),
        (
            {"structure.manager_rank_shares": [0.5, 0.6]},
            "structure.manager_rank_shares: the shares sum to 1.1",
        ),
        ({"structure.posts_by_rank": [1] * 10}, "structure.posts_by_rank: 10 ranks; structure.ranks makes 9"),
        ({"regime.salaries.kind": "post_and_rank"}, "regime.salaries.rank_pay: 6 values for 9 ranks"),
        ({"structure.ranks.staff": 0}, "structure.ranks.staff = 0 is below the smallest allowed value 1"),
    ],
)
def test_ranks_that_cannot_be_are_refused(changes, told):
    with pytest.raises(UserError, match=told.replace("(", r"\(")):
        load(PLACE, set=changes)


def test_a_timeline_and_a_roster_leave_the_ranks_as_they_are():
    change = [
        {"quarter": 2, "set": {"structure": {"ranks": {"staff": 4}, "rank_shares": [0.4, 0.3, 0.2, 0.1]}}}
    ]
    with pytest.raises(UserError, match=r"structure\.ranks: it only says what is founded"):
        load({"timeline": change})
    with pytest.raises(UserError, match=r"structure\.ranks: a roster .* has ranks 1 to 6"):
        load(
            "scenarios/from_roster.yaml",
            set={"structure.ranks.managers": 1, "structure.manager_rank_shares": []},
        )


def test_a_default_structure_says_the_usual_ranks():
    assert Structure().ranks == USUAL_RANKS
