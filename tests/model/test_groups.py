"""Groups of people: who belongs to them, what they differ in, what becomes of them, what is refused."""

from functools import cache

import numpy as np
import pytest

from sim.core.errors import UserError
from sim.model import NewAreaModel
from sim.outcomes.groups import HAPPENING
from sim.scenario.loader import load
from sim.scenario.roster.remarks import roster_warnings

TWO = {"men": {"share": 0.6}, "women": {"share": 0.4}}
PLACE = {
    "extends": "scenarios/validation/bare.yaml",
    "structure": {"new_cities": {"departments": 20}},
    "regime": {
        "appraisal": {"kind": "four_grades", "excellent_cap": 0.2},
        "adjustment": {
            "kind": "triggers",
            "triggers": {"last": {"kind": "last_in_department", "in_a_row": 1, "follows": "exit"}},
        },
    },
    "behaviour": {"quits": {"base_established": 0.1}, "rating": {"reliability_staff": 0.7}},
    "horizon": {"quarters": 8},
}


def groups(**women):
    return {"men": TWO["men"], "women": TWO["women"] | women}


@cache
def lived(**women):
    """(the model at its end, its table of groups) where women differ so."""
    scenario = load(PLACE, set={"world.people.groups": groups(**women)})
    model = NewAreaModel(scenario, rng=7, replications=range(4)).run()
    return model, model.tables()["groups"]


def total(column, **women):
    return lived(**women)[1].groupby("group", observed=True)[column].sum()


# --- who belongs


def test_shares_hold_among_founders_and_hires():
    staff = lived()[0].state.staff
    for who in (staff.hired_quarter == 0, staff.hired_quarter > 0):
        share = (staff.group[who] == 1).mean()
        assert share == pytest.approx(0.4, abs=4 * np.sqrt(0.24 / who.sum()))


def test_the_same_person_belongs_to_the_same_group_whatever_happens():
    """Groups that differ in rating lose other people, but everybody in both runs is of one group in both."""
    kept = []
    for women in ({}, {"rating_bias": -1.0}):
        staff = lived(**women)[0].tables()["staff"]
        kept.append(staff.set_index(["replication", "person"]).group)
    both = kept[0].index.intersection(kept[1].index)
    assert 800 < len(both) < max(map(len, kept))
    assert (kept[0][both] == kept[1][both]).all()


def test_the_order_in_the_file_does_not_matter():
    turned = dict(reversed(TWO.items()))
    one, other = (
        NewAreaModel(load(PLACE, set={"world.people.groups": there}), rng=7).state.staff.group
        for there in (TWO, turned)
    )
    assert (one == other).all()


def test_founders_may_have_other_shares_on_each_rank():
    shares = {"men": [0.2, 0.5, 1.0, 0.5, 0.5, 0.5], "women": [0.8, 0.5, 0.0, 0.5, 0.5, 0.5]}
    there = {name: TWO[name] | {"at_founding": shares[name]} for name in TWO}
    place = {"structure.posts_by_rank": [100, 100, 300], "world.people.groups": there}
    staff = NewAreaModel(load(PLACE, set=place)).state.staff
    for rank, expected in ((1, 0.8), (2, 0.5), (3, 0.0)):
        mine = staff.rank == rank
        error = np.sqrt(expected * (1 - expected) / mine.sum())
        assert (staff.group[mine] == 1).mean() == pytest.approx(expected, abs=4 * error)


def test_without_groups_nobody_belongs_and_nothing_is_told():
    model = NewAreaModel(load(PLACE)).run()
    assert (model.state.staff.group == -1).all()
    tables = model.tables()
    assert "groups" not in tables
    assert "group" not in tables["staff"]
    assert "group" not in tables["events"]


def test_groups_that_do_not_differ_change_nothing():
    plain, named = NewAreaModel(load(PLACE), rng=7, replications=range(4)).run(), lived()[0]
    for column in ("person", "ability", "belief", "score", "pay", "morale", "rank"):
        assert (plain.state.staff[column] == named.state.staff[column]).all()


# --- what they differ in


def test_ability_moves_scores_and_flags():
    model, table = lived(ability=-0.5)
    founding = table[table.quarter == 0].groupby("group", observed=True).mean_ability.mean()
    assert founding["women"] - founding["men"] == pytest.approx(-0.5, abs=0.15)
    rates = total("flagged", ability=-0.5) / total("people", ability=-0.5)
    assert rates["women"] > 1.3 * rates["men"]
    staff = model.state.staff
    assert staff.belief[staff.group == 1].mean() < staff.belief[staff.group == 0].mean()


def test_a_rating_bias_moves_scores_and_flags_but_not_what_is_done():
    _, table = lived(rating_bias=-0.5)
    year = table[table.quarter == 1].groupby("group", observed=True)[["mean_ability", "mean_score"]].mean()
    gap = (year.mean_score - year.mean_ability)["women"] - (year.mean_score - year.mean_ability)["men"]
    assert gap == pytest.approx(-0.5, abs=0.15)
    rates = total("flagged", rating_bias=-0.5) / total("people", rating_bias=-0.5)
    assert rates["women"] > 1.3 * rates["men"]
    favoured = total("flagged", rating_bias=0.5) / total("people", rating_bias=0.5)
    assert favoured["women"] < favoured["men"] / 1.3


def test_quits_move_how_many_leave():
    """One more in the log-odds of .1 makes .232 a year."""

    def rate(**women):
        model = lived(**women)[0]
        events = model.tables()["events"]
        left = events[events.event == "resigned"].groupby("group", observed=True).size()
        return left / total("people", **women)

    more = rate(quits=1.0)
    assert more["women"] / more["men"] == pytest.approx(2.32, rel=0.25)
    assert rate(quits=-1.0)["women"] < 0.6 * rate(quits=-1.0)["men"]


# --- what becomes of them


def test_the_table_counts_everybody_once():
    model, table = lived(rating_bias=-0.5)
    tables = model.tables()
    people = table.groupby(["replication", "quarter"]).people.sum()
    assert (people == tables["area"].set_index(["replication", "quarter"]).headcount).all()
    ranks = [name for name in table if name.startswith("rank_")]
    assert (table[ranks].sum(axis=1) == table.people).all()
    events = tables["events"]
    for name in HAPPENING:
        counted = events[events.event == name].groupby("group", observed=True).size()
        assert total(name, rating_bias=-0.5).to_dict() == {"men": 0, "women": 0} | counted.to_dict()
    joined = table.groupby("group", observed=True)[["hired", "leavers"]].sum()
    ends = table[table.quarter == 8].groupby("group", observed=True).people.sum()
    begins = table[table.quarter == 0].groupby("group", observed=True).people.sum()
    assert (begins + joined.hired - joined.leavers == ends).all()


def test_the_table_is_the_same_whatever_shares_it():
    scenario = load(PLACE, set={"world.people.groups": TWO})
    together = NewAreaModel(scenario, rng=7, replications=range(4)).run().tables()["groups"]
    alone = NewAreaModel(scenario, rng=7, replications=[2]).run().tables()["groups"]
    assert together[together.replication == 2].reset_index(drop=True).equals(alone)


# --- a roster


def of_roster(there, written):
    """The shipped roster with a column `group`, filled in turn with the words of `written`."""
    shipped = load("scenarios/from_roster.yaml")
    lines, number = [], 0
    for line in shipped.world.roster.split("\n"):
        if line.startswith("id,"):
            lines.append(line + ",group")
        elif line and not line.startswith("#"):
            held = line.split(",")[5] != ""
            lines.append(f"{line},{written[number % len(written)] if held else ''}")
            number += held
        else:
            lines.append(line)
    return shipped.with_(**{"world.people.groups": there, "world.roster": "\n".join(lines)})


def test_a_roster_says_who_belongs_and_what_it_leaves_open_is_drawn():
    staff = NewAreaModel(of_roster(TWO, ["women", "men", ""])).tables()["staff"]
    founders = staff[staff.hired_quarter == 0].sort_values("person")
    drawn = NewAreaModel(of_roster(TWO, [""])).tables()["staff"].sort_values("person")
    told = of_roster(TWO, ["women", "men", ""]).world
    assert set(founders.group) == {"men", "women"}
    assert 0.2 < (founders.group.to_numpy() == drawn.group.to_numpy()).mean() < 1
    assert any("group unknown of" in one for one in roster_warnings([told.model_dump()]))


def test_a_group_that_a_roster_names_must_be_there():
    with pytest.raises(
        UserError,
        match=r'group = "women" is unknown; world.people.groups names men, woman; did you mean woman',
    ):
        of_roster({"men": {"share": 0.5}, "woman": {"share": 0.5}}, ["women"])
    with pytest.raises(UserError, match=r'group = "women" is unknown; world.people.groups names no groups'):
        of_roster({}, ["women"])


# --- what is refused


@pytest.mark.parametrize(
    ("there", "told"),
    [
        (
            {"men": {"share": 0.5}, "women": {"share": 0.4}},
            "the shares men 0.5 + women 0.4 = 0.9; together they must be 1",
        ),
        ({"men": {"share": 0.5}}, "the shares men 0.5 = 0.5; together they must be 1"),
        ({"men": {"share": 1.2}}, "world.people.groups.men.share = 1.2 is above the largest allowed value 1"),
        (
            {"men": {"share": 1, "rate_bias": 1}},
            "world.people.groups.men.rate_bias is not a setting; did you mean rating_bias",
        ),
        ({"old men": {"share": 1}}, "world.people.groups.old men: a group's name is one word"),
        ({"men": 1}, "world.people.groups.men = 1 is not settings"),
        (
            {"men": {"share": 1, "at_founding": [1, 1]}},
            "world.people.groups.men.at_founding: 2 values for 6 ranks",
        ),
        (
            {"men": {"share": 0.5, "at_founding": [0.5] * 6}, "women": {"share": 0.5}},
            "at_founding has unequal numbers of ranks (men 6, women 0)",
        ),
        (
            {
                "men": {"share": 0.5, "at_founding": [0.5] * 6},
                "women": {"share": 0.5, "at_founding": [0.5] * 5 + [0.6]},
            },
            "at_founding: the shares at rank 6 sum to 1.1",
        ),
    ],
)
def test_groups_that_cannot_be_are_refused(there, told):
    with pytest.raises(UserError) as error:
        load(PLACE, set={"world.people.groups": there})
    assert told in str(error.value)


def test_one_number_of_a_group_can_be_set():
    scenario = load(PLACE, set={"world.people.groups": TWO})
    after = scenario.with_(**{"world.people.groups.women.rating_bias": -0.3})
    assert after.world.people.groups["women"].rating_bias == -0.3
    assert load(after.resolved()).resolved() == after.resolved()
