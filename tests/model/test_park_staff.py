"""Parks with staff: people in operator departments, hired, paid and sent away on terms of their own (ODD 7.18)."""

from functools import cache
from typing import Any

import numpy as np
import pandas
import pytest

from sim.core.errors import UserError
from sim.model.new_area import NewAreaModel
from sim.people.parks import park_streams
from sim.scenario.loader import load
from sim.settings.terms import OCCUPANTS, Kind
from tests.model.small import SMALL

STAFF = 6
OWN_TERMS = {
    "quarter": 0,
    "where": {"department_kinds": ["operator"]},
    "set": {"regime": {"appointment": {"kind": "contract", "term_years": 2}}},
}


@cache
def ran(*settings: tuple[str, Any], staff: int = STAFF, many: int = 6) -> NewAreaModel:
    model = NewAreaModel(
        {}, replications=range(many), **SMALL, **{"structure.parks.staff": staff}, **dict(settings)
    )
    return model.run()


def park_rows(model: NewAreaModel) -> pandas.DataFrame:
    table = model.tables()["area"]
    return table[table.quarter > 0]


def mean_of(outcome: str, *settings: tuple[str, Any]) -> float:
    return float(park_rows(ran(*settings))[outcome].mean())


def test_every_park_is_a_department_with_a_head_and_staff() -> None:
    model = NewAreaModel({}, **SMALL, **{"structure.parks.staff": STAFF})
    state = model.state
    people = state.staff.department
    assert (np.bincount(people[people >= 0])[state.parks.department] == STAFF).all()
    assert (state.departments.kind[state.parks.department] == Kind.OPERATOR).all()
    assert (state.departments.organisation[state.parks.department] == state.parks.organisation).all()
    heads = state.posts.department[state.parks.head_post]
    assert (heads == state.parks.department).all()
    assert state.departments.difficulty[state.parks.department] == pytest.approx(state.parks.difficulty)


def test_everybody_else_is_who_they_are_without_staff() -> None:
    """Posts and departments of parks come last, so that the luck and the pay of all others stay theirs."""
    few, many = (NewAreaModel({}, **SMALL, **{"structure.parks.staff": n}).state for n in (0, STAFF))
    others = np.isin(many.staff.person, few.staff.person)
    assert others.sum() == few.staff.size
    for column in ("ability", "normal_pay", "age_quarters", "department"):
        assert (many.staff[column][others] == few.staff[column]).all(), column


def test_a_park_of_one_is_its_operator_and_what_the_operator_adds_by_effort() -> None:
    record, person = (NewAreaModel({}, **SMALL, **{"structure.parks.staff": n}) for n in (0, 1))
    assert record.state.parks.operator_ability == pytest.approx(person.state.parks.operator_ability)
    assert record.state.parks.promise == pytest.approx(person.state.parks.promise)
    for model in (record, person):
        model.step()
    staff, parks = person.state.staff, person.state.parks
    there = np.flatnonzero(np.isin(staff.worked_in, parks.department))
    added = (staff.contribution - staff.ability)[there[np.argsort(staff.worked_in[there])]]
    assert parks.result - record.state.parks.result == pytest.approx(added)
    assert np.abs(added).max() > 0


def test_the_result_is_the_people_s_work() -> None:
    share = 0.25
    model = NewAreaModel({}, **SMALL, **{"structure.parks.staff": STAFF, "structure.parks.head_share": share})
    before = np.array(model.state.parks.difficulty)
    model.step()
    state, park = model.state, 3
    staff = state.staff
    here = staff.worked_in == state.parks.department[park]
    head = here & staff.manager
    work = share * staff.contribution[head][0] + (1 - share) * staff.contribution[here].mean()
    luck = state.draws.normal("park_result", 1, park_streams(state.parks.replication, state.parks.number))
    result = work + before[park] + state.structure.parks.result_sd * luck[park]
    assert state.parks.result[park] == pytest.approx(result)


def test_market_hiring_raises_results() -> None:
    gain = "structure.parks.market_gain"
    assert mean_of("park_result", (gain, 1.0)) > mean_of("park_result", (gain, 0.0)) + 0.7


def test_impatience_sends_heads_away() -> None:
    strict = ("structure.parks.tolerance", 0.0)
    gone = {n: mean_of("operators_replaced", strict, ("structure.parks.patience", n)) for n in (1, 20)}
    assert gone[1] > gone[20] + 0.1


def test_without_market_terms_no_head_is_sent_away() -> None:
    strict = (("structure.parks.tolerance", 0.0), ("structure.parks.patience", 1))
    kept, sent = (
        ran(*strict, ("structure.parks.market_terms", terms)).tables()["events"] for terms in (False, True)
    )
    of_parks = int(ran(*strict).state.parks.department.min())
    assert ((sent.event == "dismissed") & (sent.department >= of_parks)).sum() > 5
    assert ((kept.event == "dismissed") & (kept.department >= of_parks)).sum() == 0


def test_staff_pay_is_paid_and_keeps_people() -> None:
    """On market terms a park's people earn the multiple; fewer of them resign."""
    resigned, pay = {}, {}
    for level in (0.8, 2.0):
        model = ran(("structure.parks.staff_pay", level), ("behaviour.quits.pay_gap", 3.0))
        events, parks = model.tables()["events"], model.state.parks
        resigned[level] = ((events.event == "resigned") & (events.department >= parks.department.min())).sum()
        pay[level] = park_rows(model).park_pay.mean()
    assert pay[2.0] == pytest.approx(2.5 * pay[0.8], rel=0.1)
    assert resigned[2.0] < resigned[0.8]


def test_a_bold_bid_is_the_head_s_part_of_the_promise() -> None:
    bold = ("structure.parks.boldness", 1.5)
    head, shared = (
        mean_of("over_promising", bold, ("structure.parks.head_share", share)) for share in (1.0, 0.0)
    )
    assert head > shared + 0.3


def test_a_head_s_post_is_bid_for_from_outside() -> None:
    """Nobody rises to it from below, as people do to heads' posts elsewhere: it is the first post its holder had."""
    settings = {
        "structure.parks.tolerance": 0.0,
        "structure.parks.patience": 1,
        "structure.manager_share": 0.3,
    }
    settings |= {"structure.parks.staff": STAFF}
    model = NewAreaModel("scenarios/civil_service.yaml", replications=range(4), **SMALL, **settings).run()
    staff, posts = model.state.staff, model.state.posts
    managers = np.flatnonzero(staff.at_work & staff.manager)
    is_first = staff.person[managers] // OCCUPANTS == posts.number[staff.post[managers]]
    of_park = np.isin(staff.post[managers], model.state.parks.head_post)
    assert is_first[of_park].all()
    assert (staff.hired_quarter[managers[of_park]] > 0).any()
    assert not is_first[~of_park].all()


def test_own_terms_hold_in_operator_departments_only() -> None:
    model = NewAreaModel({"timeline": [OWN_TERMS]}, **SMALL, **{"structure.parks.staff": STAFF})
    model.step()
    state = model.state
    of_park = state.departments.kind == Kind.OPERATOR
    assert set(state.departments.regime[of_park]) == {1}
    assert set(state.departments.regime[~of_park]) == {0}
    in_park = np.isin(state.staff.last_department, state.parks.department)
    assert state.staff.contract[in_park].all()
    assert not state.staff.contract[~in_park].all()


def test_terms_for_operators_need_parks_with_staff() -> None:
    message = r"means none of the departments there are \(0 in .*set structure\.parks\.staff"
    with pytest.raises(UserError, match=message):
        load({"timeline": [OWN_TERMS]})
    assert load({"timeline": [OWN_TERMS], "structure": {"parks": {"staff": 2}}})


def test_a_roster_says_which_people_there_are() -> None:
    with pytest.raises(UserError, match=r"a roster .* leave structure\.parks\.staff out"):
        load("scenarios/from_roster.yaml", set={"structure.parks.staff": 4})


def test_staff_cannot_come_later() -> None:
    change = {"quarter": 4, "set": {"structure": {"parks": {"staff": 4}}}}
    with pytest.raises(UserError, match=r"structure\.parks\.staff: it only says what is founded"):
        load({"timeline": [change]})
