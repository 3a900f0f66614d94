"""People, departments and organisations as Mesa agents: each is a view of one row, made when somebody looks.

Reading `employee.ability` reads the table and writing it writes the table; nothing is copied. A person is found by
(replication, person id), so a view stays valid while rows move.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Protocol

import mesa
import numpy as np

from sim.core.arrays import Mask
from sim.people.columns import DEPARTMENTS, STAFF
from sim.settings.terms import AREA_LEVEL

if TYPE_CHECKING:
    from mesa.agentset import AgentSet


class Live(Protocol):
    """What an agent asks of its model."""

    @property
    def staff(self) -> Any: ...
    @property
    def departments_table(self) -> Any: ...
    def row_of(self, key: tuple[int, int]) -> int: ...
    def let_go(self, employee: "Employee") -> None: ...
    def department_at(self, row: int) -> "Department": ...
    def organisation_at(self, row: int) -> "Organisation": ...
    def employees_where(self, mask: Mask) -> "AgentSet[Employee]": ...
    def growth_of(self, row: int) -> float: ...


_rule_decides: ContextVar[bool] = ContextVar("rule_decides", default=False)


@contextmanager
def only_to_read() -> Iterator[None]:
    """While a rule looks at people one by one, nothing of them can be written: a rule decides, the model applies."""
    token = _rule_decides.set(True)
    try:
        yield
    finally:
        _rule_decides.reset(token)


def _refuse_rules(what: str) -> None:
    if _rule_decides.get():
        raise AttributeError(f"a rule decides and the model applies: {what}")


class Cell:
    """One column of the row an agent views."""

    def __init__(self, table: str, column: str, meaning: str) -> None:
        self.table, self.column = table, column
        self.__doc__ = meaning

    def __get__(self, agent: Any, owner: type) -> Any:
        if agent is None:
            return self
        return getattr(agent.model, self.table)[self.column][agent.row].item()

    def __set__(self, agent: Any, value: Any) -> None:
        _refuse_rules(f"{type(agent).__name__.lower()}.{self.column} can be read, not set")
        getattr(agent.model, self.table)[self.column][agent.row] = value


class Employee(mesa.Agent):
    """A person employed in the new area. Every column of the staff table is an attribute."""

    model: Live

    def __init__(self, model: Live, replication: int, person: int) -> None:
        self.key = (replication, person)
        super().__init__(model)

    @property
    def row(self) -> int:
        """Where the person is stored now."""
        return self.model.row_of(self.key)

    @property
    def department(self) -> "Department | None":
        """The department, None in the reservoir."""
        number = int(self.model.staff["department"][self.row])
        return None if number < 0 else self.model.department_at(number)

    @property
    def organisation(self) -> "Organisation":
        """The new city, or the area level."""
        return self.model.organisation_at(int(self.model.staff["organisation"][self.row]))

    @property
    def in_reservoir(self) -> bool:
        return bool(self.reservoir_since >= 0)

    def remove(self) -> None:
        """The person resigns here and now."""
        _refuse_rules("nobody leaves by it")
        self.model.let_go(self)

    def vanish(self) -> None:
        """Mesa forgets a person who has left."""
        super().remove()


class Department(mesa.Agent):
    """A department. Every column of the table of departments is an attribute."""

    model: Live

    def __init__(self, model: Live, row: int) -> None:
        self.row = row
        super().__init__(model)

    @property
    def organisation(self) -> "Organisation":
        """The new city it belongs to, or the area level."""
        return self.model.organisation_at(int(self.model.departments_table["organisation"][self.row]))

    @property
    def employees(self) -> "AgentSet[Employee]":
        """Everybody at work in the department."""
        return self.model.employees_where(self.model.staff["department"] == self.row)


class Organisation(mesa.Agent):
    """A new city or the area level."""

    model: Live

    def __init__(self, model: Live, row: int, name: str) -> None:
        self.row, self.name = row, name
        super().__init__(model)

    @property
    def departments(self) -> list[Department]:
        """Its departments."""
        rows = np.flatnonzero(self.model.departments_table["organisation"] == self.row)
        return [self.model.department_at(int(row)) for row in rows]

    @property
    def employees(self) -> "AgentSet[Employee]":
        """Everybody employed, the reservoir included."""
        return self.model.employees_where(self.model.staff["organisation"] == self.row)


class AreaLevel(Organisation):
    """The level above the new cities."""


class NewCity(Organisation):
    """A new city 新城: an organisation that competes with the others."""

    @property
    def growth(self) -> float:
        """Last quarter's growth, as a yearly rate."""
        return float(self.model.growth_of(self.row))


def organisation_class(name: str) -> type[Organisation]:
    """Which kind of organisation bears a name."""
    return AreaLevel if name == AREA_LEVEL else NewCity


def _columns() -> Iterator[tuple[type, str, str, str]]:
    for term in STAFF:
        yield Employee, "staff", term.name, term.meaning
    for term in DEPARTMENTS:
        yield Department, "departments_table", term.name, term.meaning


for _agent, _table, _name, _meaning in _columns():
    if not hasattr(_agent, _name):
        setattr(_agent, _name, Cell(_table, _name, _meaning))
