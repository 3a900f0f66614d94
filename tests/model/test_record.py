"""What is recorded: each table says the same of the same people, and only what was asked for is kept."""

import numpy as np
import pytest

from sim.outcomes import OUTCOMES
from sim.outcomes.outcomes import LEAVING
from tests.model.small import SCENARIOS, area, assert_identical, at

USUAL = {"quarters", "area", "departments", "events", "staff"}


@pytest.fixture(scope="module", params=SCENARIOS)
def tables(request):
    record = ["departments", "events", "staff"]
    return area(request.param, replications=range(2), record=record).run().tables()


def test_options_add_their_tables_and_change_nothing_else():
    full = area(record=["departments", "events", "staff"]).run().tables()
    usual = area(record=["departments", "events"]).run().tables()
    bare = area(record=[]).run().tables()
    assert set(full) == USUAL | {"staff_panel"}
    assert set(usual) == USUAL
    assert_identical({name: full[name] for name in usual}, usual)
    kept = ("quarters", "area", "staff")
    assert_identical({name: bare[name] for name in kept}, {name: usual[name] for name in kept})
    assert len(bare["departments"]) == len(bare["events"]) == 0
    assert len(usual["departments"]) == 13 * 5
    assert len(usual["events"]) > 50


def test_a_window_leaves_out_the_other_quarters_and_changes_nothing_else():
    record = ["departments", "events", "staff"]
    whole, part = area(record=record).run(), area(record=record, window=(10, 13)).run()
    everything, found = whole.tables(), part.tables()
    for name in ("quarters", "area", "departments", "events", "staff_panel"):
        inside = everything[name][everything[name]["quarter"].between(10, 13)]
        present = inside.dropna(axis=1, how="all").reset_index(drop=True)
        assert_identical({name: present}, {name: found[name][list(present)]})
        assert 0 < len(present) < len(everything[name])
    there = everything["staff"]
    kept = there.left_quarter.between(10, 13) | (there.left_quarter < 0) | (there.left_quarter > 16)
    assert set(found["staff"].person) == set(there.person[kept | there.employed])
    assert part.residuals == whole.residuals


def test_one_row_a_quarter(tables):
    assert tables["area"][["replication", "quarter"]].to_numpy().tolist() == [
        [replication, quarter] for replication in range(2) for quarter in range(17)
    ]
    keys = tables["quarters"][["replication", "quarter", "organisation"]]
    assert len(keys) == len(keys.drop_duplicates()) == 2 * 17 * 6
    assert set(OUTCOMES) <= set(tables["area"]) & set(tables["quarters"])


def number(table, name):
    """How many it was in the quarter: what is told per 100 people and year is of four quarters and people employed."""
    return table[name] * table["headcount"] / 400 if OUTCOMES[name].of_people else table[name]


COUNTS = ["headcount", "at_work", "posts", "vacancies", "flagged", "hires", "resignations", "reservoir"]


@pytest.mark.parametrize("name", [*COUNTS, "true_output", "wage_bill"])
def test_the_area_is_the_sum_of_its_organisations(tables, name):
    quarters = tables["quarters"].assign(number=number(tables["quarters"], name))
    organisations = quarters.groupby(["replication", "quarter"])["number"].sum(min_count=6)
    assert number(tables["area"], name).to_numpy() == pytest.approx(organisations.to_numpy(), nan_ok=True)


def test_one_row_a_person_ever_employed(tables):
    staff, events = tables["staff"], tables["events"]
    assert not staff.duplicated(["replication", "person"]).any()
    hired = events[events.event == "hired"]
    founders = staff[staff.hired_quarter == 0]
    assert len(founders) == tables["area"].headcount[tables["area"].quarter == 0].sum() > 200
    assert (founders.person % 10_000 == 0).all()
    assert len(staff) == len(founders) + len(hired)


def test_comings_agree_with_the_events(tables):
    staff, events = tables["staff"], tables["events"]
    hired = events[events.event == "hired"].set_index(["replication", "person"]).quarter
    recorded = staff[staff.hired_quarter > 0].set_index(["replication", "person"]).hired_quarter
    assert hired.sort_index().to_dict() == recorded.sort_index().to_dict()


def test_goings_agree_with_the_events(tables):
    staff, events = tables["staff"], tables["events"]
    left = events[events.event.isin(LEAVING)].set_index(["replication", "person"]).quarter
    assert left.index.is_unique
    gone = staff[~staff.employed].set_index(["replication", "person"]).left_quarter
    assert left.sort_index().to_dict() == gone.sort_index().to_dict()
    assert (staff[staff.employed].left_quarter == -1).all()


def test_people_add_up_to_the_headcount(tables):
    staff = tables["staff"]
    for row in tables["area"].itertuples():
        mine = staff[staff.replication == row.replication]
        here = (mine.hired_quarter <= row.quarter) & (
            (mine.left_quarter < 0) | (mine.left_quarter > row.quarter)
        )
        assert here.sum() == row.headcount


def test_the_panel_follows_everybody(tables):
    panel, staff = tables["staff_panel"], tables["staff"]
    assert not panel.duplicated(["replication", "quarter", "person"]).any()
    employed = panel[panel.employed].groupby(["replication", "quarter"]).size()
    assert employed.tolist() == tables["area"].headcount.tolist()
    last = panel[panel.quarter == 16].set_index(["replication", "person"])
    final = staff.set_index(["replication", "person"]).loc[last.index]
    assert (last.ability == final.ability).all()
    assert (last["rank"] == final["rank"]).all()


def test_what_happens_is_counted(tables):
    """Events by kind and quarter are the area's counts."""
    area = tables["area"].set_index(["replication", "quarter"])
    plain = {name: one.of.events for name, one in OUTCOMES.items() if one.of.events == one.of.plus != ()}
    assert len(plain) > 15
    for outcome, events in plain.items():
        mine = tables["events"][tables["events"].event.isin(events)]
        counted = mine.groupby(["replication", "quarter"]).size().reindex(area.index, fill_value=0)
        assert number(area, outcome).to_numpy() == pytest.approx(counted.to_numpy()), outcome


MOVES = ["promoted", "demoted", "reposted", "returned", "merged"]


@pytest.mark.parametrize("scenario", ["four_systems", "postings_by_rank", "full_reform"])
def test_a_move_names_the_departments_left_and_entered(scenario):
    """Which are those where the panel has the person at the quarters' ends, unless more than one thing happened."""
    tables = at(16, scenario, record=["departments", "events", "staff"]).tables()
    events, panel = tables["events"], tables["staff_panel"]
    assert events[~events.event.isin(MOVES)][["department_left", "department_entered"]].isna().all(axis=None)
    moves = events[events.event.isin(MOVES)]
    assert len(moves) > 5
    assert moves[["department_left", "department_entered"]].notna().all(axis=None)
    once = moves[~moves.duplicated(["quarter", "person"], keep=False)]
    where = panel.set_index(["quarter", "person"]).department
    alone = (
        events.groupby(["quarter", "person"])
        .size()
        .reindex(list(zip(once.quarter, once.person, strict=True)))
    )
    once = once[(alone == 1).to_numpy()]
    before = where.loc[list(zip(once.quarter - 1, once.person, strict=True))].to_numpy()
    after = where.loc[list(zip(once.quarter, once.person, strict=True))].to_numpy()
    assert once.department_left.tolist() == before.tolist()
    assert once.department_entered.tolist() == after.tolist()
    assert (once.department_left == -1).eq(once.event == "returned").all()


def test_nobody_holds_a_post_of_another_place(tables):
    panel = tables["staff_panel"]
    working = panel[panel.post >= 0]
    assert not working.duplicated(["replication", "quarter", "post"]).any()
    offices = tables["departments"].drop_duplicates(["replication", "department"])
    home = offices.set_index(["replication", "department"]).organisation
    inside = working[working.department >= 0]
    found = home.loc[list(zip(inside.replication, inside.department, strict=True))]
    assert (found.to_numpy().astype(str) == inside.organisation.to_numpy().astype(str)).all()


def test_nothing_that_comes_of_work_is_known_at_the_founding(tables):
    first = tables["area"][tables["area"].quarter == 0]
    assert first[["true_output", "reported_score", "effort", "wage_bill"]].isna().all(axis=None)
    offices = tables["departments"][tables["departments"].quarter == 0]
    assert offices[["true_output", "reported_score"]].isna().all(axis=None)
    later = tables["area"][tables["area"].quarter > 0]
    assert np.isfinite(later[["true_output", "reported_score", "effort", "wage_bill", "pay_gini"]]).all(
        axis=None
    )
