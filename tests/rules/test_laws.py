"""Laws 1 and 2: rules hold no array trick and write nothing; the model knows no rule by name, nor core the field."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar, Literal

import numpy as np
import pytest

import sim
from sim.core.errors import UserError
from sim.core.parameters import param
from sim.model import NewAreaModel
from sim.people.columns import DEPARTMENTS, PARKS, POSTS, STAFF
from sim.rules.adjustment import Trigger
from sim.rules.base import REGISTRY
from sim.rules.one_by_one import PersonalTrigger
from sim.rules.posts.fixed import RankedPosts
from sim.rules.ranks.base import ClimbedRanks
from sim.scenario.loader import load
from tests.model.small import SMALL, assert_identical

SIM = Path(sim.__file__).parent
TRICKS = {
    *("argsort", "lexsort", "sort", "argmin", "argmax", "searchsorted", "unique", "intersect1d", "isin"),
    *("bincount", "reduceat", "add_at", "cumsum", "take", "put", "nonzero", "flatnonzero", "choose"),
    *("ravel", "reshape", "repeat", "tile", "pad", "append", "concatenate", "stack", "column_stack"),
}
NO_RULES = {"faults.py", "contests.py", "one_by_one.py"}
"""What is no decision: how answers are checked, how equals play, how people are looked at one by one."""
FIELD = re.compile(
    r"employee|\bstaff\b|department|organisation|personnel|promot|demot|salar|apprais|strike|flagged|reservoir|manager\b|"
    r"leader|tenure|contract\b|quota",
    re.IGNORECASE,
)


def trees(room: str) -> Iterator[tuple[Path, ast.AST]]:
    for path in sorted((SIM / room).rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def test_no_rule_has_an_array_trick() -> None:
    found = [
        f"{path.name}:{node.lineno}: {node.func.attr}"
        for path, tree in trees("rules")
        if path.name not in NO_RULES
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in TRICKS
    ]
    assert found == []


def test_no_rule_looks_up_by_a_column() -> None:
    """What a group or department has, people are told by a method that names it."""
    found = [
        f"{path.name}:{node.lineno}: {ast.unparse(node)}"
        for path, tree in trees("rules")
        if path.name not in NO_RULES
        for node in ast.walk(tree)
        if isinstance(node, ast.Subscript)
        and re.match(r"(view|staff|standing|posts)\.", ast.unparse(node.slice))
        and not isinstance(node.value, ast.Name)
    ]
    assert found == []


def test_the_model_knows_no_rule_by_name() -> None:
    kinds = {rule.__name__ for slot in REGISTRY.values() for rule in slot.values()}
    for room in ("model", "outcomes", "response", "people"):
        for path, tree in trees(room):
            names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
            taken = {
                one.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for one in node.names
            }
            assert (names | taken) & kinds == set(), path


def test_the_model_names_no_kind_of_rule() -> None:
    """Kinds whose name is a word of its own, and no column's."""
    columns = {term.name for terms in (STAFF, POSTS, DEPARTMENTS, PARKS) for term in terms}
    kinds = {kind for slot in REGISTRY.values() for kind in slot if "_" in kind} - columns
    assert "last_in_department" in kinds
    for room in ("model", "outcomes", "response", "people"):
        for path, tree in trees(room):
            texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
            assert texts & kinds == set(), path


@pytest.mark.parametrize(
    "name", ["arrays", "draws", "events", "groups", "orders", "shapes", "streaks", "table"]
)
def test_core_knows_no_word_of_the_field(name: str) -> None:
    text = (SIM / "core" / f"{name}.py").read_text(encoding="utf-8")
    assert FIELD.findall(text) == []


# ---- rules of the user's own


@pytest.fixture(autouse=True)
def _forget(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test registers is unknown to the next."""
    for slot, kinds in REGISTRY.items():
        monkeypatch.setitem(REGISTRY, slot, dict(kinds))


def in_a_row(years: int) -> int:
    return param(years, unit="years", source="assumption", ge=1, le=4, doc="Years running.")


def exit_follows() -> str:
    return param("exit", unit="choice", source="assumption", doc="What follows.")


def area(**changes: object) -> NewAreaModel:
    """A small area under the law, but for what is changed."""
    scenario = load("civil_service", set=SMALL | {"horizon.quarters": 20} | changes)
    return NewAreaModel(scenario, rng=3, replications=range(2))


def with_trigger(kind: str, **changes: object) -> NewAreaModel:
    """The same with one trigger."""
    triggers = {"last": {"kind": kind}}
    return area(**{"regime.adjustment": {"kind": "triggers", "triggers": triggers}} | changes)


def own_last(turns: bool) -> None:
    """Register a trigger like the last place in the department, written without it."""

    class MyLast(Trigger):
        kind: Literal["my_last"] = "my_last"
        takes_turns: ClassVar[bool] = turns
        in_a_row: int = in_a_row(2)
        follows: Literal["reservoir"] = param("reservoir", unit="choice", source="assumption", doc="Follows.")

        def eligible(self, view):
            return view.appraised & ~view.staff.manager

        def concerns(self, view):
            return view.staff.at_work & ~view.staff.manager

        def hit(self, view):
            among = self.eligible(view)
            return view.last_of_group(view.staff.annual_score, among) & (view.size_of_group(among) > 1)

        def risk(self, standing):
            year = standing.year
            at_risk = year.member & ~standing.view.staff.manager & (year.size > 1)
            return year.crossing(np.where(at_risk, 1, 0))


COLLUSION = {"behaviour.collusion.chance": 0.5}


def test_a_trigger_of_ones_own_colludes() -> None:
    """Whoever is told that turns can be taken takes them, and fears less, as under the shipped trigger."""
    own_last(turns=True)
    own = with_trigger("my_last", **COLLUSION).run().tables()
    assert_identical(own, with_trigger("last_in_department", **COLLUSION).run().tables())
    own_last(turns=False)
    without = with_trigger("my_last", **COLLUSION).run().tables()
    assert not without["area"].equals(own["area"])
    assert_identical(without, with_trigger("my_last").run().tables())


def test_posts_of_ones_own_move_the_headcount() -> None:
    class Growing(RankedPosts):
        kind: Literal["growing"] = "growing"
        moves_headcount: ClassVar[bool] = True

        def headcount_change(self, indices):
            return np.full(indices.shape[1:], 0.1)

    grown = area(**{"regime.posts": {"kind": "growing"}}).run().state
    still = area(**{"regime.posts": {"kind": "fixed"}}).run().state
    new_cities = np.arange(grown.organisations) % grown.organisations_each != grown.organisations_each - 1
    assert (grown.authorised[new_cities] > 1.2 * still.authorised[new_cities]).all()


def test_a_trigger_of_ones_own_has_indicators_ranked() -> None:
    class Indicator(PersonalTrigger):
        kind: Literal["indicator"] = "indicator"
        ranks_indicators: ClassVar[bool] = True
        in_a_row: int = in_a_row(1)
        follows: Literal["exit"] = exit_follows()

        def is_hit(self, employee):
            return False

    assert with_trigger("indicator").run().state.departments.indicator.any()


# ---- nothing is written


def test_a_rule_cannot_write_the_table() -> None:
    class Writing(PersonalTrigger):
        kind: Literal["writing"] = "writing"
        in_a_row: int = in_a_row(1)
        follows: Literal["exit"] = exit_follows()

        def is_hit(self, employee):
            return False

        def hit(self, view):
            view.staff.ability[:] = 0.0
            return view.appraised

    with pytest.raises(UserError, match=r"Writing\.hit: ValueError: .*read-only"):
        with_trigger("writing").run()


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda employee: setattr(employee, "ability", 0.0), "employee.ability can be read, not set"),
        (lambda employee: employee.remove(), "nobody leaves by it"),
        (
            lambda employee: setattr(employee.department, "difficulty", 0.0),
            "department.difficulty can be read",
        ),
    ],
    ids=["set", "remove", "department"],
)
def test_a_rule_cannot_write_an_employee(act, said: str) -> None:
    class Acting(PersonalTrigger):
        kind: Literal["acting"] = "acting"
        in_a_row: int = in_a_row(1)
        follows: Literal["exit"] = exit_follows()

        def is_hit(self, employee):
            act(employee)
            return False

    model = with_trigger("acting")
    with pytest.raises(UserError, match=f"AttributeError: a rule decides and the model applies: {said}"):
        model.run()
    someone = next(iter(model.employees))
    someone.ability = 1.5  # the user may, between quarters
    assert someone.ability == 1.5


def test_what_a_rule_answers_is_not_written_into_the_table() -> None:
    """A column of the table is an answer, too."""

    class Everybody(ClimbedRanks):
        kind: Literal["everybody"] = "everybody"

        def eligible(self, view):
            return view.staff.employed

    model = area(**{"regime.ranks": {"kind": "everybody"}})
    for _ in range(16):
        model.step()
        staff = model.state.staff
        assert staff.employed[staff.on_post].all()
        assert (staff.left_quarter[~staff.employed] >= 0).all()
