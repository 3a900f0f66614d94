"""Units beside tables that are too wide for a column `unit`: the table `units` of every stored result that has such.

One row a table and column: what it is in, and what it means. The terms come from the table of outcomes and from the
declarations of people's columns.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sim.outcomes.groups import rank_column
from sim.outcomes.outcomes import OUTCOMES
from sim.people.columns import DEPARTMENTS, STAFF
from sim.settings.terms import MOST_RANKS

if TYPE_CHECKING:
    import pandas

Terms = Mapping[str, tuple[str, str]]
UNITS = "units"
"""The name of the table."""
KEYS: Terms = {
    "replication": ("number", "replication, from 0"),
    "quarter": ("quarter", "quarter of the run; 0 is the founding state"),
    "organisation": ("name", "new city, or area_level"),
    "department": ("number", "department within the replication; -1 for none"),
    "point": ("number", "point of the design, from 0"),
    "scenario": ("name", "scenario"),
    "side": ("name", "scenario or baseline"),
    "event": ("name", "what happened"),
    "person": ("number", "person within the replication"),
    "trial": ("number", "trial, from 0; the scenario as it is"),
    "target": ("number", "target, from 1"),
    "loss": (
        "squared errors",
        "sum over the targets of their squared distance, in combined standard deviations",
    ),
}
OF_EVENTS: Terms = {
    "ability": ("ability SD", "latent ability of whoever leaves or is hired"),
    "ability_rank_share": ("share", "place by true ability in the ranking group, 0 the least able"),
    "believed_standing": ("SD of contributions", "where the flagged believe they stand"),
    "age_quarters": ("quarters", "age of whoever leaves or is hired"),
    "department_entered": ("number", "department after a move; -1 for none"),
    "department_left": ("number", "department before a move; -1 for none"),
    "department_size": ("people", "size of the ranking group"),
    "rank": ("rank", "rank, before it changes; of a hire the new one"),
    "service_quarters": ("quarters", "service of whoever leaves"),
    "severance": ("mean annual pay", "severance owed"),
    "stay": ("quarters", "time in the reservoir"),
    "trigger": ("name", "the trigger that hit"),
}
OF_DEPARTMENTS: Terms = {
    "kind": ("name", "economic, social or administrative"),
    "flags": ("flags", "flags of the year in the department"),
}
OF_STUDY: Terms = {
    "strikes_": ("hits", "hits of the trigger that count, after the quarter; missing while it is not in force"),
    "distance_trigger_": ("SD", "above what brings a hit of the trigger, at its last period; at most 0 for the hit"),
    "distance_grade_": ("ability SD", "last annual score above what the grade begins at; below it at most 0"),
    "distance_target": ("ability SD", "last annual score less the target it was held against"),
}
"""Columns of the staff panel that are called after triggers and grades, by how they begin."""
OF_GROUPS: Terms = {
    "group": ("name", "group of people"),
    "people": ("people", "employed at the quarter's end"),
    "founders": ("people", "of them there since the founding"),
    "mean_ability": ("ability SD", "mean latent ability of the people employed"),
    "mean_score": ("ability SD", "mean appraisal score of who worked the quarter"),
    "mean_pay": ("mean annual pay", "mean pay of the quarter of the people employed"),
    "promoted": ("events", "promotions of the quarter"),
    "demoted": ("events", "demotions of the quarter"),
    "flagged": ("events", "flags of the quarter"),
    "hired": ("events", "people who joined in the quarter"),
    "leavers": ("events", "people who left in the quarter, for whatever reason"),
    **{rank_column(rank): ("people", f"employed on rank {rank}") for rank in range(1, MOST_RANKS + 1)},
}
OF_PEOPLE: Terms = {term.name: (term.unit, term.meaning) for term in STAFF}
OF_OUTCOMES: Terms = {name: (one.unit, one.meaning) for name, one in OUTCOMES.items()}
OF_PLACES: Terms = {term.name: (term.unit, term.meaning) for term in DEPARTMENTS}
TERMS: dict[str, Terms] = {
    "events": OF_EVENTS,
    "groups": OF_GROUPS,
    "departments": {**OF_PLACES, **OF_OUTCOMES, **OF_DEPARTMENTS},
    **dict.fromkeys(("staff", "staff_panel", "panel"), OF_PEOPLE),
}
"""Of tables that are not of outcomes."""


def with_column_units(
    frames: "Mapping[str, pandas.DataFrame]", own: Mapping[str, str] | None = None
) -> "dict[str, pandas.DataFrame]":
    """The tables, and `units` where one of them has no column `unit`: `table, column, unit, meaning`.

    Args:
        frames: the tables by name.
        own: units of further columns, as of settings that are varied.
    """
    import pandas

    settings = {name: (unit, "setting") for name, unit in (own or {}).items()}
    wide = {name: frame for name, frame in frames.items() if "unit" not in frame}
    rows = [
        (table, str(column), *_term(table, str(column), settings))
        for table, frame in wide.items()
        for column in frame
    ]
    units = pandas.DataFrame(rows, columns=["table", "column", "unit", "meaning"])
    return {**frames, UNITS: units} if rows else dict(frames)


def _term(table: str, column: str, settings: Terms) -> tuple[str, str]:
    """Unit and meaning of a column; keys are the same everywhere."""
    known = (KEYS, TERMS.get(table, OF_OUTCOMES), settings)
    named = next((terms[column] for terms in known if column in terms), None)
    of_study = (term for begin, term in OF_STUDY.items() if column.startswith(begin))
    return named or next(of_study, ("", ""))
