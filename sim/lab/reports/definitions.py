"""What outcomes and their units are, in words: beside the numbers, and all of them as a list."""

from collections.abc import Iterable

from sim.core.errors import UserError
from sim.core.text import did_you_mean
from sim.lab.language.language import tr
from sim.lab.language.wording import with_unit
from sim.lab.reports.grid import Grid
from sim.outcomes.outcome import Formula, Outcome
from sim.outcomes.outcomes import OUTCOMES
from sim.outcomes.units import UNITS


def definitions(*grids: Grid) -> list[str]:
    """What the units are that tables are told in, one sentence each."""
    cells = {cell for grid in grids for row in (grid.header, *grid.rows) for cell in row}
    return [unit_text(unit) for unit in UNITS if any(_names(cell, tr(unit)) for cell in cells)]


def _names(cell: str, unit: str) -> bool:
    return cell == unit or cell.endswith(with_unit("", unit))


def units_of(outcomes: Iterable[str]) -> list[str]:
    """What the units of outcomes are, one sentence each."""
    used = {OUTCOMES[name].unit for name in outcomes if name in OUTCOMES}
    return [unit_text(unit) for unit in UNITS if unit in used]


def unit_text(unit: str) -> str:
    """`**mean output**: 1 is what ...`."""
    return tr("**{unit}**: {meaning}", unit=tr(unit), meaning=tr(UNITS[unit].meaning))


def outcome_text(one: Outcome) -> str:
    """Name, label, unit, kind, what it is counted from, what is better, and the definition below."""
    facts = [tr(one.unit), kind_text(one.kind), tr("from {source}", source=source_text(one.of))]
    facts += [tr("a way of leaving")] if one.exit else []
    facts += {1: [tr("more is better")], -1: [tr("less is better")], 0: []}[one.good]
    return f"{one.name}: {tr(one.label)} [{tr('; ').join(facts)}]\n    {tr(one.meaning)}"


def source_text(formula: Formula) -> str:
    """What an outcome is counted from: events, columns or sums."""
    if formula.events:
        return tr("events {names}", names=", ".join(formula.events))
    if formula.columns:
        source = tr("columns {names}", names=", ".join(formula.columns))
    else:
        source = tr("sums {names}", names=", ".join(formula.plus))
    return tr("{sums} over {number}", sums=source, number=formula.over) if formula.over else source


def kind_text(kind: str) -> str:
    """Stock, flow, mean or rate, in the language spoken."""
    return {"stock": tr("stock"), "flow": tr("flow"), "mean": tr("mean"), "rate": tr("rate")}[kind]


def outcome_list(only: str = "") -> str:
    """All outcomes, or those that mention a text, and the units they are told in.

    Raises:
        UserError: none mentions it.
    """
    texts = {name: outcome_text(one) for name, one in OUTCOMES.items()}
    chosen = {name: text for name, text in texts.items() if only.lower() in text.lower()}
    if not chosen:
        raise UserError(f"no outcome mentions {only}{did_you_mean(only, texts, few=True)}")
    kinds = tr(
        "A stock is counted at the end of the quarter, a flow over the quarter; a mean is over people, "
        "posts or parks; a rate is a share or another ratio. Reports show means over the quarters of a "
        "window; what is given per 100 people and year is weighted by the people employed."
    )
    return "\n".join([*chosen.values(), "", *(one.replace("**", "") for one in units_of(chosen)), "", kinds])
