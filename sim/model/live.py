"""Mesa's side of the model: agents are registered when somebody looks, and forgotten when they have left."""

from typing import TYPE_CHECKING, Any

import numpy as np
from mesa.agentset import AgentSet

from sim.core.arrays import Mask
from sim.people.agents import Department, Employee, NewCity, Organisation, organisation_class
from sim.settings.terms import AREA_LEVEL

if TYPE_CHECKING:
    from sim.model.state import State

Key = tuple[int, int]


class LiveAgents:
    """Lazily registered views of the state's rows. Mixed into the model before `mesa.Model`."""

    state: "State"

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self._employees: dict[Key, Employee] = {}
        self._departments: dict[int, Department] = {}
        self._organisations: dict[int, Organisation] = {}
        self._rows: dict[Key, int] = {}
        self._rows_layout = -1
        super().__init__(*arguments, **options)

    @property
    def agents(self) -> Any:
        """Everybody and everything alive, as Mesa's own set."""
        self._sync()
        return super().agents  # type: ignore[misc]

    @property
    def agents_by_type(self) -> Any:
        """The same by class."""
        self._sync()
        return super().agents_by_type  # type: ignore[misc]

    @property
    def employees(self) -> "AgentSet[Employee]":
        """Everybody employed, the reservoir included."""
        return self.employees_where(np.ones(self.state.staff.size, dtype=bool))

    @property
    def departments(self) -> "AgentSet[Department]":
        """All departments."""
        self._sync()
        return AgentSet(self._departments.values(), random=self.random)  # type: ignore[attr-defined]

    @property
    def new_cities(self) -> "AgentSet[NewCity]":
        """The new cities, without the area level."""
        self._sync()
        found = [one for one in self._organisations.values() if isinstance(one, NewCity)]
        return AgentSet(found, random=self.random)  # type: ignore[attr-defined]

    @property
    def staff(self) -> Any:
        """The table of people, leavers included until the year's close."""
        return self.state.staff

    @property
    def departments_table(self) -> Any:
        """The table of departments."""
        return self.state.departments

    def employees_where(self, mask: Mask) -> "AgentSet[Employee]":
        """Everybody employed in the rows of `mask`."""
        rows = np.flatnonzero(mask & self.state.staff.employed)
        return AgentSet([self.employee_at(int(row)) for row in rows], random=self.random)  # type: ignore[attr-defined]

    def employee_at(self, row: int) -> Employee:
        """The person stored in a row."""
        staff = self.state.staff
        key = (int(staff.replication[row]), int(staff.person[row]))
        found = self._employees.get(key)
        if found is None:
            found = self._employees[key] = Employee(self, *key)
        return found

    def department_at(self, row: int) -> Department:
        """The department stored in a row."""
        if row not in self._departments:
            self._departments[row] = Department(self, row)
        return self._departments[row]

    def organisation_at(self, row: int) -> Organisation:
        """The new city or area level of a number."""
        if row not in self._organisations:
            name = self._names[row % len(self._names)]
            self._organisations[row] = organisation_class(name)(self, row, name)
        return self._organisations[row]

    def growth_of(self, row: int) -> float:
        """Last quarter's growth of a new city."""
        replication, number = divmod(row, len(self._names))
        return float(self.state.growth[replication, number])

    def row_of(self, key: Key) -> int:
        """Where a person is stored; LookupError once the person has left and the year is closed."""
        staff = self.state.staff
        if self._rows_layout != staff.layout:
            keys = zip(staff.replication.tolist(), staff.person.tolist(), strict=True)
            self._rows = {key: row for row, key in enumerate(keys)}
            self._rows_layout = staff.layout
        if key not in self._rows:
            raise LookupError(f"person {key[1]} of replication {key[0]} has left")
        return self._rows[key]

    def let_go(self, employee: Employee) -> None:
        """A person resigns between quarters, which counts for the coming one."""
        row = self.row_of(employee.key)
        if self.state.staff.employed[row]:
            self.state.leave(np.array([row]), "resigned")
            self.state.staff.left_quarter[row] = self.state.quarter + 1
        self._forget(employee.key)

    @property
    def _names(self) -> tuple[str, ...]:
        return (*self.state.world.new_cities, AREA_LEVEL)

    def _sync(self) -> None:
        """Register whoever and whatever is not yet known, and forget the leavers."""
        if not hasattr(self, "state"):
            return
        staff = self.state.staff
        present = np.flatnonzero(staff.employed)
        keys = set(zip(staff.replication[present].tolist(), staff.person[present].tolist(), strict=True))
        for key in [key for key in self._employees if key not in keys]:
            self._forget(key)
        for row in present:
            self.employee_at(int(row))
        for number in range(self.state.departments.size):
            self.department_at(number)
        for number in range(self.state.organisations):
            self.organisation_at(number)

    def _forget(self, key: Key) -> None:
        employee = self._employees.pop(key, None)
        if employee is not None:
            employee.vanish()
