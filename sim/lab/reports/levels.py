"""Levels at every point of a study of one scenario, and what they differ from the first point, as tables."""

from typing import TYPE_CHECKING

from sim.lab.estimates.study_effects import levels_by_point
from sim.lab.language.language import tr
from sim.lab.language.wording import number, plain, span, together, with_unit
from sim.lab.reports.grid import Grid
from sim.lab.results.study_wording import outcome_label, outcome_unit
from sim.outcomes.outcomes import OUTCOMES, is_of_people, shown_in

if TYPE_CHECKING:
    import pandas

    from sim.lab.results.study import Study

MOST_SHOWN = 6
"""Outcomes in the table of levels."""
MOST_POINTS = 200
"""Points whose levels a report lists; the tables have them all."""


def level_outcomes(study: "Study") -> list[str]:
    """The outcomes that a table of levels has room for; none where scenarios are compared or points are too many."""
    if study.baseline or len(study.compared) > 1 or not study.crosses or len(study.settings) > MOST_POINTS:
        return []
    key = shown_in("sweep", study.outcomes)
    return (key or [name for name in study.outcomes if not is_of_people(name)] or study.outcomes)[:MOST_SHOWN]


def point_grid(study: "Study", units: bool = True) -> Grid:
    """One row a point: its settings, and the levels of the shown outcomes, with their units in the header if wanted."""
    names = [factor.name for factor in study.factors]
    shown, table = level_outcomes(study), levels_by_point(study)
    rows = []
    for _, point in table.groupby("point", sort=True):
        levels = point.set_index("outcome")["mean"]
        rows.append(
            [*(str(point[key].iloc[0]) for key in names), *(number(float(levels[name])) for name in shown)]
        )
    labels = [with_unit(**outcome_name(name)) if units else outcome_name(name)["label"] for name in shown]
    return Grid([*names, *labels], rows, texts=len(names))


def outcome_name(outcome: str) -> dict[str, str]:
    """Label and unit of an outcome, in the language spoken."""
    one = OUTCOMES.get(outcome)
    return {"label": tr(one.label), "unit": tr(one.unit)} if one else {"label": plain(outcome), "unit": ""}


def difference_grids(study: "Study") -> list[Grid]:
    """Levels and differences to the first point, a table an outcome; those of outcomes not shown are folded."""
    shown, table = level_outcomes(study), levels_by_point(study)
    return [
        _difference_grid(study, str(outcome), rows, folded=outcome not in shown)
        for outcome, rows in table.groupby("outcome", sort=False)
    ]


def _difference_grid(study: "Study", outcome: str, table: "pandas.DataFrame", folded: bool) -> Grid:
    names = [factor.name for factor in study.factors]
    rows = []
    for _, row in table.iterrows():
        difference, low, high = together(row["difference"], row["difference_low"], row["difference_high"])
        interval = tr("{low} to {high}", low=low, high=high) if low != "n/a" else tr("no interval")
        level = f"{number(row['mean'])} ({span(row['low'], row['high'], signs=False)})"
        rows.append([*(str(row[key]) for key in names), level, difference, interval])
    label = with_unit(outcome_label(study, outcome), outcome_unit(study, outcome))
    header = [*names, label, tr("difference"), tr("95 % interval")]
    return Grid(header, rows, texts=len(names), folded=label if folded else "")
