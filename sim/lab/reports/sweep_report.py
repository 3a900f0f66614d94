"""The view of a sweep: what each lever does, levels, and differences to the first point."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.lab.estimates.lever_effects import LeverEffects
from sim.lab.figures.lever_figure import lever_figure
from sim.lab.language.changed import changed_sentence, in_title
from sim.lab.language.language import tr
from sim.lab.language.wording import number, plain, span, together, with_unit
from sim.lab.reports.definitions import units_of
from sim.lab.reports.grid import Grid
from sim.lab.reports.grids import assumed
from sim.lab.reports.lever_report import Levers, levers_view
from sim.lab.reports.template import Report
from sim.lab.results.comparison import Sweep
from sim.lab.results.study_wording import outcome_label, outcome_unit
from sim.outcomes.outcomes import OUTCOMES, is_of_people, shown_in

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_SHOWN = 6
MOST_DRAWN = 4


def shown_outcomes(sweep: Sweep) -> list[str]:
    """The outcomes that a table has room for."""
    there = list(dict.fromkeys(sweep.points["outcome"]))
    key = shown_in("sweep", there)
    return (key or [name for name in there if not is_of_people(name)] or there)[:MOST_SHOWN]


def sweep_grid(sweep: Sweep, outcomes: Sequence[str] | None = None, units: bool = True) -> Grid:
    """One row a point: its settings, and the level of the shown outcomes, with their units in the header if wanted."""
    chosen = list(outcomes or shown_outcomes(sweep))
    points = sweep.points
    rows = []
    for _, point in points.groupby("point", sort=True):
        settings = [str(point[key].iloc[0]) for key in sweep.vary]
        levels = point.set_index("outcome")["mean"]
        rows.append([*settings, *(number(float(levels.get(name, float("nan")))) for name in chosen)])
    names = [with_unit(**named(name)) if units else named(name)["label"] for name in chosen]
    return Grid([*sweep.vary, *names], rows, texts=len(sweep.vary))


def named(outcome: str) -> dict[str, str]:
    """Label and unit of an outcome, in the language spoken."""
    one = OUTCOMES.get(outcome)
    return {"label": tr(one.label), "unit": tr(one.unit)} if one else {"label": plain(outcome), "unit": ""}


def levers_told(sweep: Sweep) -> LeverEffects:
    """What is told of the varied keys."""
    terms = sweep.manifest.get("outcomes", {})
    changed = changed_sentence({sweep.name: sweep.manifest})
    return LeverEffects(
        sweep.levers, sweep.interactions, terms, shown_outcomes(sweep), sweep.name, None, changed
    )


@dataclass(frozen=True)
class View:
    """What the report of a sweep says.

    Attributes:
        name: of the scenario.
        levers: what each does; none where only one point was asked for.
        changed, changes: what was changed from the file, as a sentence and for the title; "" if nothing was.
        points, replications, seed, window, assumed: how many points and replications, the seed, first and last quarter
            of the means, how many assumed values.
        warnings: what a reader must know before using the numbers.
        levels: of the shown outcomes at every point.
        units: what their units mean.
        differences: to the first point, outcome by outcome.
    """

    name: str
    levers: Sequence[Levers]
    changed: str
    changes: str
    points: int
    replications: int
    seed: int
    window: str
    assumed: int
    warnings: Sequence[str]
    levels: Grid
    units: Sequence[str]
    differences: Sequence[Grid]


def sweep_report(sweep: Sweep) -> Report:
    """The report of a sweep."""

    def figure(_: str) -> "Figure":
        effects = levers_told(sweep)
        return lever_figure(effects, effects.outcomes[:MOST_DRAWN])

    return Report("sweep", sweep_view(sweep), figure)


def sweep_view(sweep: Sweep) -> View:
    """The facts of the report."""
    manifest, shown = sweep.manifest, shown_outcomes(sweep)
    levers = levers_view(levers_told(sweep))
    changes = {sweep.name: manifest}
    return View(
        name=sweep.name,
        levers=[levers] if levers else [],
        changed=changed_sentence(changes),
        changes=in_title(changes),
        points=int(sweep.points["point"].nunique()),
        replications=int(manifest["replications"]),
        seed=manifest["seed"],
        window="–".join(map(str, manifest["window"])),
        assumed=len(assumed(manifest)),
        warnings=sweep.warnings,
        levels=sweep_grid(sweep),
        units=units_of(shown),
        differences=[
            difference_grid(sweep, outcome, folded=outcome not in shown)
            for outcome in dict.fromkeys(sweep.points["outcome"])
        ],
    )


def difference_grid(sweep: Sweep, outcome: str, folded: bool) -> Grid:
    """One row a point: its settings, the level of an outcome, and its difference to the first point."""
    rows = []
    for _, row in sweep.points[sweep.points["outcome"] == outcome].iterrows():
        difference, low, high = together(row["difference"], row["difference_low"], row["difference_high"])
        interval = tr("{low} to {high}", low=low, high=high) if low != "n/a" else tr("no interval")
        level = f"{number(row['mean'])} ({span(row['low'], row['high'], signs=False)})"
        rows.append([*(str(row[key]) for key in sweep.vary), level, difference, interval])
    named = with_unit(outcome_label(sweep, outcome), outcome_unit(sweep, outcome))
    header = [*sweep.vary, named, tr("difference"), tr("95 % interval")]
    return Grid(header, rows, texts=len(sweep.vary), folded=named if folded else "")
