"""The view of a convergence: whether there are enough replications."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.lab.figures.convergence_figure import about_convergence, running_means
from sim.lab.language.wording import holds_zero, number
from sim.lab.reports.template import Report, paragraph
from sim.lab.results.convergence import Convergence
from sim.lab.results.study_wording import analysed


@dataclass(frozen=True)
class Settled:
    """How well the leading effect of a scenario is known.

    Attributes:
        what: the effect.
        replications: that have it at every point; 0 where none has.
        half: half the width of its interval.
        sign: whether the interval excludes 0.
        least, needed: the smallest effect of interest, and the replications for a half width of it; 0 where the
            interval is narrow enough.
    """

    what: str
    replications: int
    half: str
    sign: bool
    least: str
    needed: int


@dataclass(frozen=True)
class View:
    """The study's name, what is said of every scenario, and the figure's caption."""

    study: str
    settled: Sequence[Settled]
    caption: str


def convergence_report(convergence: Convergence) -> Report:
    """The paragraph and the figure."""
    return Report("convergence", convergence_view(convergence), lambda _: running_means(convergence))


def convergence_paragraph(convergence: Convergence) -> str:
    """Whether the effect of every scenario has settled."""
    return paragraph("convergence_paragraph", convergence_view(convergence))


def convergence_view(convergence: Convergence) -> View:
    """The facts of the report."""
    return View(convergence.study.name, settled(convergence), about_convergence(convergence))


def settled(convergence: Convergence) -> list[Settled]:
    """How well the leading effect of every scenario is known."""
    return [_settled(convergence, name) for name in convergence.study.compared]


def _settled(convergence: Convergence, scenario: str) -> Settled:
    """How well the leading effect of a scenario is known."""
    needed = convergence.needed[convergence.needed["scenario"] == scenario].iloc[0]
    table = convergence.table
    rows = table[(table["scenario"] == scenario) & (table["outcome"] == needed["outcome"])]
    wide = needed["half_width"] > needed["least"]
    return Settled(
        what=analysed(convergence.study, scenario, str(needed["outcome"])),
        replications=0 if rows.empty else int(rows["replications"].iloc[-1]),
        half=number(needed["half_width"], 2),
        sign=not rows.empty and not holds_zero(rows["low"].iloc[-1], rows["high"].iloc[-1]),
        least=number(needed["least"], 2),
        needed=int(needed["needed"]) if wide and np.isfinite(needed["needed"]) else 0,
    )
