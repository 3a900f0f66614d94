"""A handful of people, for cases that can be checked by hand.

Unless a row says otherwise a person is on a post of department 0 in organisation 0, is not a manager, has been in the
department and been scored for a whole year, and earns 1 a year.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from sim.core.draws import Draws, streams
from sim.people.staff import Departments, Posts, Staff
from sim.people.view import Standard, View

Row = Mapping[str, Any]


def filled(table: Any, rows: Sequence[Row], defaults: Row) -> Any:
    """A table of `rows`; columns that no row names keep the table's own default."""
    names = {name for row in rows for name in row} | set(defaults)
    unknown = names - set(table.names)
    if unknown:
        raise ValueError(f"no such column: {', '.join(sorted(unknown))}")
    given = {name: [row.get(name, defaults.get(name)) for row in rows] for name in names}
    for name, values in given.items():
        given[name] = [table._defaults[name] if value is None else value for value in values]
    table.append(given, len(rows))
    return table


def staff_of(people: Sequence[Row], year: int) -> Staff:
    """The staff table; people hold the posts of their row numbers unless `post` says otherwise."""
    rows = [{"person": number, "post": number, **person} for number, person in enumerate(people)]
    usual = {"department": 0, "organisation": 0, "quarters_in_department": year, "normal_pay": 1.0}
    staff = filled(Staff(), rows, usual | {"quarters_scored": year, "service_quarters": year})
    if not any("stream" in person for person in people):
        staff["stream"] = streams(np.zeros(staff.size, dtype=np.int64), staff.person)
    return staff


def posts_of(people: Sequence[Row]) -> list[Row]:
    """A post for everybody, like its holder."""
    names = ("organisation", "department", "manager", "leader", "rank", "indicator")
    return [{name: person[name] for name in names if name in person} for person in people]


def view_of(
    people: Sequence[Row],
    *,
    departments: Sequence[Row] = ({},),
    posts: Sequence[Row] | None = None,
    organisations: int = 1,
    quarter: int = 8,
    quarters_per_year: int = 4,
    standard: Row | None = None,
    ranks_people: bool = True,
    municipal_units: int = 21,
) -> View:
    """A view of these people; by default at the close of the second year."""
    found = [{key: value for key, value in row.items() if key != "who"} for row in people]
    jobs = posts_of(found) if posts is None else posts
    columns = [{key: value for key, value in row.items() if key != "indicator"} for row in found]
    return View(
        staff=staff_of(columns, quarters_per_year),
        posts=filled(Posts(), jobs, {"department": 0}),
        departments=filled(Departments(), [{"number": n, **row} for n, row in enumerate(departments)], {}),
        organisations=organisations,
        quarter=quarter,
        quarters_per_year=quarters_per_year,
        draws=Draws(1),
        standard=Standard(**{"mean": 0.0, "sd": 1.0, **(standard or {})}),
        ranks_people=ranks_people,
        municipal_units=municipal_units,
    )


def standing_of(view: View, **changes: Any) -> Any:
    """What people expect in `view`, when all expect alike: beliefs of mean 0, variance 0.5, annual noise 0.5."""
    from sim.response.standing import Contest, CutDensity, Standing, contest
    from sim.settings.behaviour import Stakes

    size = view.staff.size
    nothing, half = np.zeros(size), np.full(size, 0.5)
    everybody = np.asarray(view.staff.at_work)
    year = contest(view, everybody, nothing, half, half)
    nobody = Contest(np.zeros(size, dtype=bool), np.zeros(size, dtype=np.int64), *([nothing] * 5))
    usual: dict[str, Any] = {
        "view": view,
        "own": nothing,
        "quarter": year,
        "year": year,
        "indicator": nobody,
        "cuts": CutDensity(nothing, nothing, nothing, nothing),
        "stakes": Stakes(),
        "pay": np.asarray(view.staff.normal_pay),
        "pay_step": nothing,
        "floating_share": 0.0,
        "field": np.zeros(size, dtype=np.int64),
        "post_field": np.zeros(view.posts.size, dtype=np.int64),
        "fields": 1,
        "gain": half,
        "ratchet": np.ones(size),
        "has_targets": False,
        "fund_factor": np.ones(size),
        "turnover": np.full((view.replications.size, 8), 0.07),
        "named": defaultdict(lambda: np.full(view.replications.size, -1.0)),
    }
    return Standing(**(usual | changes))
