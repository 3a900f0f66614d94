"""What is said of levers: a sentence a lever, a figure, a table of their values, a table of what two do together."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.lab.estimates.levers import DIFFERENCES
from sim.lab.figures.drawing import COLOURS, caption, label_upwards, new_figure, styled
from sim.lab.language.language import language, tr
from sim.lab.language.wording import (
    counted,
    holds_zero,
    includes_zero,
    label_of,
    never_moves,
    number,
    plain,
    span,
    together,
    unit_of,
    unmarked,
)
from sim.lab.reports.document import Block, Grid, Heading, Paragraph, Picture

if TYPE_CHECKING:
    import pandas
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_OUTCOMES, MOST_LEVERS = 4, 4
LONGEST = 40
"""Rows of a table that a page shows at once."""


@dataclass(frozen=True, eq=False)
class Told:
    """What is told of levers.

    Attributes:
        levers, interactions: of `Crossed`.
        terms: facts of the outcomes.
        outcomes: those that are shown, the leading one first.
        scenario, baseline: whose effect against whom the values are; without a baseline they are levels.
        changed: what was changed from the files, as a sentence.
    """

    levers: "pandas.DataFrame"
    interactions: "pandas.DataFrame"
    terms: dict[str, Any]
    outcomes: Sequence[str]
    scenario: str
    baseline: str | None
    changed: str = ""

    @property
    def moved(self) -> list[str]:
        """Levers of which two values can be compared."""
        rows = self.levers[self.levers["value"] != self.levers["first"]] if len(self.levers) else self.levers
        return list(dict.fromkeys(rows["lever"])) if len(rows) else []

    @property
    def leading(self) -> list[str]:
        """Those that there is room to tell of: all of a few, of many those that move the leading outcome most."""
        if len(self.moved) <= MOST_LEVERS:
            return self.moved
        size = {lever: abs(self.of(lever, self.outcomes[0])["difference"].iloc[-1]) for lever in self.moved}
        most = sorted(self.moved, key=lambda lever: -size[lever])[:MOST_LEVERS]
        return [lever for lever in self.moved if lever in most]

    def of(self, lever: str, outcome: str) -> "pandas.DataFrame":
        """One row a value of a lever."""
        rows = self.levers
        return rows[(rows["lever"] == lever) & (rows["outcome"] == outcome)]

    def label(self, outcome: str) -> str:
        """An outcome in words."""
        return label_of(self.terms.get(outcome, {}), outcome)

    def unit(self, outcome: str) -> str:
        """Its unit."""
        return unit_of(self.terms.get(outcome, {}))


def answers(told: Told) -> list[str]:
    """A sentence a lever on the leading outcome, then what the effects are told against."""
    sentences = [_answer(told, lever) for lever in told.leading]
    rest = len(told.moved) - len(sentences)
    if rest:
        sentences.append(tr("The other {count} move it less (table).", count=counted(rest, "lever")))
    return [*sentences, _against(told)] if sentences else []


def _answer(told: Told, lever: str) -> str:
    outcome = told.outcomes[0]
    row = told.of(lever, outcome).iloc[-1]
    what = told.label(outcome)
    if told.baseline is not None:
        what = tr(
            "the effect of `{a}` on {label}, compared with `{b}`,",
            a=plain(told.scenario),
            b=plain(told.baseline),
            label=what,
        )
    return tr(
        "**From {first} to {last} of `{lever}`, {what} {changes}** ({size}; {count}{averaged}).",
        first=row["first"],
        last=row["value"],
        lever=lever,
        what=what,
        changes=_changes(row, told.unit(outcome)),
        size=_size(row),
        count=counted(int(row["replications"]), "replication"),
        averaged=_averaged(row),
    )


def _changes(row: Any, unit: str) -> str:
    if never_moves(row["difference"], row["difference_low"], row["difference_high"]):
        return tr("does not change at all")
    [difference] = together(row["difference"])
    return tr("changes by {difference} {unit}", difference=difference, unit=unit)


def _size(row: Any) -> str:
    """The interval, and from where to where the outcome goes."""
    low, high = row["difference_low"], row["difference_high"]
    uncertain = holds_zero(low, high) and not never_moves(row["difference"], low, high)
    interval = tr("95 % interval {span}", span=span(low, high)) if np.isfinite(low) else tr("no interval")
    note = f"{_comma()}{includes_zero()}" if uncertain and np.isfinite(low) else ""
    before, after = number(row["mean"] - row["difference"]), number(row["mean"])
    return (
        interval
        + note
        + (tr("; from {before} to {after}", before=before, after=after) if before != after else "")
    )


def _comma() -> str:
    return ", " if language() == "en" else "，"


def _averaged(row: Any) -> str:
    """Over how much else the effect of a lever is a mean."""
    if int(row["points"]) == 1:
        return ""
    count = counted(int(row["points"]), "setting")
    return tr("; mean over {count} of the other levers", count=count)


def _against(told: Told) -> str:
    if told.baseline is None:
        return tr("There is no baseline: effects are told against the first value of each lever.")
    return tr("Changes are told against the first value of each lever.")


def lever_blocks(told: Told, of: str = "") -> list[Block]:
    """Figure and tables; nothing where no lever takes two values. `of` names the scenario where there are several."""
    if not told.moved:
        return []
    drawn = told.outcomes[:MOST_OUTCOMES]
    blocks: list[Block] = [
        Heading(tr("What each lever does") + (f" ({plain(of)})" if of else "")),
        Picture(f"levers_{of}" if of else "levers", _caption(told), lambda: lever_figure(told, drawn)),
        lever_grid(told),
    ]
    if len(told.interactions):
        about = tr(
            "By how much more an outcome changes when both levers move than the two changes alone add up to; 0 where "
            "levers only add up."
        )
        blocks += [Heading(tr("What levers do together"), level=3), Paragraph(about), interaction_grid(told)]
    return blocks


def lever_grid(told: Told) -> Grid:
    """One row a lever, outcome and value: what is found there, and the difference to the first value."""
    rows = []
    for lever in told.moved:
        for outcome in told.outcomes:
            rows += [_lever_row(told, row) for _, row in told.of(lever, outcome).iterrows()]
    at = tr("effect") if told.baseline is not None else tr("level")
    header = [tr("lever"), tr("value"), tr("outcome"), tr("unit"), at, tr("95 % interval")]
    return Grid([*header, tr("less that at the first value"), tr("95 % interval")], rows, texts=4)


def _lever_row(told: Told, row: Any) -> list[str]:
    outcome = str(row["outcome"])
    names = [f"`{row['lever']}`", str(row["value"]), told.label(outcome), told.unit(outcome)]
    found = [number(row["mean"]), span(row["low"], row["high"], signs=False)]
    if row["value"] == row["first"]:
        return [*names, *found, "", tr("first value")]
    [difference] = together(row["difference"])
    return [*names, *found, difference, span(row["difference_low"], row["difference_high"])]


def interaction_grid(told: Told) -> Grid:
    """One row two levers, their values and an outcome."""
    pairs = told.interactions
    rows = []
    for outcome in told.outcomes:
        for _, row in pairs[pairs["outcome"] == outcome].iterrows():
            [difference] = together(row["difference"])
            steps = [
                f"`{row['lever']}` {row['first']} → {row['value']}",
                f"`{row['other']}` {row['other_first']} → {row['other_value']}",
            ]
            names = [*steps, told.label(outcome), told.unit(outcome)]
            rows.append([*names, difference, span(row["difference_low"], row["difference_high"])])
    header = [
        tr("lever"),
        tr("with"),
        tr("outcome"),
        tr("unit"),
        tr("more than added up"),
        tr("95 % interval"),
    ]
    folded = tr("What levers do together") if len(rows) > LONGEST else ""
    return Grid(header, rows, texts=4, folded=folded)


def _caption(told: Told) -> str:
    """What the figure shows, with n, interval and baseline."""
    counts = told.levers["replications"][told.levers["outcome"].isin(told.outcomes)]
    fewest, most = int(counts.min()), int(counts.max())
    count = counted(most, "replication") if fewest == most else f"{fewest}–{counted(most, 'replication')}"
    shown = tr("At each value of a lever, the difference to its first value (there is no baseline)")
    if told.baseline is not None:
        a, b = plain(told.scenario), plain(told.baseline)
        shown = tr("At each value of a lever, the effect of {a}, compared with {b}", a=a, b=b)
    text = tr(
        "{shown}: means over the values of the other levers, paired, with 95 % intervals; {count} under common random "
        "numbers; simulated, assumed parameters.",
        shown=shown,
        count=count,
    )
    return f"{text} {unmarked(told.changed)}".rstrip()


@styled
def lever_figure(told: Told, outcomes: Sequence[str]) -> "Figure":
    """One row of panels an outcome, one column a lever."""
    levers = told.leading
    columns = DIFFERENCES[:3] if told.baseline is None else ("mean", "low", "high")
    figure = new_figure(max(4.2, 3.1 * len(levers)), 2.2 * len(outcomes) + 0.5)
    panels = figure.subplots(len(outcomes), len(levers), squeeze=False)
    for row, outcome in zip(panels, outcomes, strict=True):
        for panel, lever in zip(row, levers, strict=True):
            _draw(panel, told.of(lever, outcome), columns)
        row[0].set_title(told.label(outcome))
        label_upwards(row[0], told.unit(outcome))
    for panel, lever in zip(panels[-1], levers, strict=True):
        panel.set_xlabel(lever.replace(".", "\n"))
    caption(figure, _caption(told))
    return figure


def _draw(panel: "Axes", rows: "pandas.DataFrame", columns: tuple[str, str, str]) -> None:
    """The values of a lever in their order; numbers where they lie."""
    values = list(rows["value"])
    try:
        places = [float(value) for value in values]
    except ValueError:
        places = list(map(float, range(len(values))))
    middle, low, high = (rows[name].to_numpy(dtype=np.float64) for name in columns)
    bars = np.nan_to_num(np.maximum([middle - low, high - middle], 0.0))
    panel.errorbar(
        places, middle, yerr=bars, color=COLOURS[0], marker="o", markersize=4, capsize=2, linewidth=1.2
    )
    panel.set_xticks(places, values)
    panel.margins(x=0.12)
