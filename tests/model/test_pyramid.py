"""A place founded as a pyramid: its posts, its people's ages, who rises, what a new role does to them."""

import numpy as np
import pytest

from sim.core.errors import UserError
from sim.model import NewAreaModel
from sim.scenario.loader import load

PYRAMID = {
    "extends": "scenarios/validation/bare.yaml",
    "structure": {"new_cities": {"departments": 3}, "posts_by_rank": [1, 2, 3, 5, 8, 13]},
    "horizon": {"quarters": 8},
}
SIZES = {6: 1, 5: 2, 4: 3, 3: 5, 2: 8, 1: 13}


def model(**changes):
    return NewAreaModel(load(PYRAMID, set=changes), rng=4, replications=range(5))


def test_every_department_has_the_posts_of_each_rank():
    posts = model().state.posts
    for department in range(15):
        mine = posts.department == department
        ranks, counts = np.unique(posts.rank[mine], return_counts=True)
        assert dict(zip(ranks.tolist(), counts.tolist(), strict=True)) == SIZES
        assert posts.manager[mine].tolist() == [True] * 6 + [False] * 26
        assert posts.indicator[mine].nonzero()[0].tolist() == [6]
    assert not posts.leader.any()
    assert model().state.departments.posts.tolist() == [32] * 15


@pytest.mark.parametrize("posts", [[0, 3], [1, 1, 1, 1, 1, 1, 1], [1.5]])
def test_a_pyramid_that_cannot_be_is_refused(posts):
    with pytest.raises(UserError, match="posts_by_rank"):
        load(PYRAMID, set={"structure.posts_by_rank": posts})


def test_a_timeline_cannot_found_another_pyramid():
    change = [{"quarter": 2, "set": {"structure": {"posts_by_rank": [1, 2]}}}]
    with pytest.raises(UserError, match="posts_by_rank: it only says what is founded"):
        load(PYRAMID | {"timeline": change})


# --- ages


def ages_of(people, **ages):
    settings = {f"world.people.founder_ages.{name}": value for name, value in ages.items()}
    return model(**{"world.people.founders_placed_by": people}, **settings).state.staff.age_quarters


def test_ages_within_bounds():
    """Half of those of mean 25 and SD 5 are below 25 (whole years: 25 − ½ on average); 8 % are put on 18."""
    clipped = ages_of("lot", distribution="clipped", mean=25, sd=5)
    truncated = ages_of("lot", distribution="truncated", mean=25, sd=5)
    assert clipped.min() == truncated.min() == 18
    error = 5 / np.sqrt(clipped.size)
    assert clipped.mean() == pytest.approx(25 + 5 * 0.0367 - 0.5 * 0.92, abs=4 * error)
    assert truncated.mean() == pytest.approx(25 + 5 * 0.1628 - 0.5, abs=4 * error)
    beyond = (clipped == 18).mean() - (truncated == 18).mean()
    assert beyond == pytest.approx(0.0808, abs=4 * np.sqrt(0.11 / clipped.size))


def test_founders_are_placed_by_seniority_or_by_lot():
    ages = {"distribution": "truncated", "mean": 40, "sd": 10}
    highest = model().state.posts.rank >= 5
    at_the_top = {people: ages_of(people, **ages)[highest].mean() for people in ("seniority", "lot")}
    everybody = ages_of("lot", **ages)
    error = everybody.std() / np.sqrt(highest.sum())
    assert abs(at_the_top["lot"] - everybody.mean()) < 4 * error
    assert at_the_top["seniority"] > everybody.mean() + 4 * error


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            {"world.people.hire_ages.youngest": 60.0},
            "world.people.hire_ages.oldest: 60 is not above youngest 60",
        ),
        (
            {
                "world.people.hire_ages.distribution": "clipped",
                "world.people.hire_ages.youngest": 55.0,
                "world.people.retirement_age": 50.0,
            },
            "world.people.hire_ages.youngest: 55 is not below retirement_age 50",
        ),
    ],
)
def test_ages_that_cannot_be_are_refused(changes, told):
    with pytest.raises(UserError, match=told):
        load(PYRAMID, set=changes)


# --- rising, and a new role

RISING = {
    "regime.posts.kind": "fixed",
    "regime.ranks.kind": "ladder",
    "regime.ranks.promotion": "merit",
    "regime.ranks.years_in_rank": 0,
    "regime.appraisal.kind": "four_grades",
    "regime.appraisal.basic_share": 0,
    "regime.appraisal.incompetent_share": 0,
    "behaviour.rating.reliability_staff": 1.0,
    "behaviour.rating.reliability_managers": 1.0,
    "behaviour.quits.base_established": 0.2,
    "behaviour.ability.role_change_by": "rank",
}


def present(staff):
    """Rank, ability and department of everybody employed, by replication and person."""
    rows = np.flatnonzero(staff.employed)
    columns = (
        staff[name][rows].tolist() for name in ("replication", "person", "rank", "ability", "department")
    )
    return {(r, p): (rank, a, d) for r, p, rank, a, d in zip(*columns, strict=True)}


def moves(**changes):
    """(ranks risen, ability before, after, abilities that stayed behind) of whoever rose in the first year."""
    area = model(**RISING | changes)
    before = present(area.state.staff)
    area.step()
    after = present(area.state.staff)
    stayed = {}
    for key, (rank, a, d) in before.items():
        if key in after and after[key][0] == rank:
            stayed.setdefault((rank, d), []).append(a)
    return [
        (after[key][0] - rank, a, after[key][1], stayed.get((rank, d), []))
        for key, (rank, a, d) in before.items()
        if key in after and after[key][0] > rank
    ]


def test_the_best_rise_one_rank_and_keep_what_they_can_do_give_or_take():
    found = moves(**{"behaviour.ability.role_change": "noise", "behaviour.ability.role_change_noise": 0.25})
    assert len(found) > 40
    assert {step for step, *_ in found} == {1}
    assert all(old >= max(peers, default=-np.inf) for _, old, _, peers in found)
    changes = np.array([new - old for _, old, new, _ in found])
    assert (np.abs(changes) <= 0.25).all()
    assert changes.std() == pytest.approx(0.25 / np.sqrt(3), rel=0.35)


def test_the_worst_rise_and_become_like_hires():
    found = moves(
        **{
            "behaviour.ability.role_change": "redraw",
            "regime.ranks.promotion": "reverse_merit",
            "behaviour.hiring.selection_ratio": 1.0,
        }
    )
    assert len(found) > 40
    assert all(old <= min(peers, default=np.inf) for _, old, _, peers in found)
    old, new = np.array([[old, new] for _, old, new, _ in found]).T
    assert old.mean() < -4 / np.sqrt(old.size)  # anybody would be 0 on average
    assert new.mean() == pytest.approx(0.0, abs=4 / np.sqrt(new.size))
    assert abs(np.corrcoef(old, new)[0, 1]) < 4 / np.sqrt(new.size)


def test_a_lottery_does_not_ask_how_good_one_is():
    found = moves(**{"regime.ranks.promotion": "lottery"})
    places = [np.mean([old > peer for peer in peers]) for _, old, _, peers in found if len(peers) >= 3]
    assert np.mean(places) == pytest.approx(0.5, abs=4 * 0.3 / np.sqrt(len(places)))


def test_rank_six_is_reached_from_below_and_not_from_outside():
    """In two years a fifth of the tops quit; whoever is there then has risen."""
    area = model(**RISING)
    for _ in range(2):
        area.step()
    staff = area.state.staff
    top = staff.employed & (staff.rank == 6)
    assert top.sum() == 15
    newcomers = top & (staff.person // 10_000 % 32 != 0)
    assert newcomers.any()
    assert (staff.hired_quarter[newcomers] == 0).any()
    assert area.residuals["one_person_a_post"] == 0


# --- what is recorded


def test_everybody_is_recorded_every_so_many_quarters():
    panel = model(record=["staff"], staff_every=3).run().tables()["staff_panel"]
    assert sorted(set(panel.quarter)) == [0, 3, 6]
    usual = model(record=["staff"]).run().tables()["staff_panel"]
    both = usual[usual.quarter.isin([0, 3, 6])].reset_index(drop=True)
    assert panel.equals(both)
