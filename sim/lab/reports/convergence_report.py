"""The facts of a convergence: whether there are enough replications."""

import numpy as np

from sim.lab.estimates.convergence import Convergence
from sim.lab.figures.convergence_figure import about_convergence, running_means
from sim.lab.language.wording import holds_zero, number
from sim.lab.reports.template import Facts, Report
from sim.lab.results.study_wording import analysed


def convergence_report(convergence: Convergence) -> Report:
    """The paragraph and the figure."""
    facts = {
        "study": convergence.study.name,
        "settled": settled(convergence),
        "caption": about_convergence(convergence),
    }
    return Report("convergence", facts, lambda _: running_means(convergence))


def settled(convergence: Convergence) -> list[Facts]:
    """How well the leading effect of every scenario is known."""
    return [_settled(convergence, name) for name in convergence.study.compared]


def _settled(convergence: Convergence, scenario: str) -> Facts:
    """How well the leading effect of a scenario is known: half the width of its interval, whether that excludes 0.

    `replications` are those that have the effect at every point; `needed` how many make half the interval as narrow as
    the smallest effect of interest (`least`), 0 where it is narrow enough.
    """
    needed = convergence.needed[convergence.needed["scenario"] == scenario].iloc[0]
    table = convergence.table
    rows = table[(table["scenario"] == scenario) & (table["outcome"] == needed["outcome"])]
    wide = needed["half_width"] > needed["least"]
    return {
        "what": analysed(convergence.study, scenario, str(needed["outcome"])),
        "replications": 0 if rows.empty else int(rows["replications"].iloc[-1]),
        "half": number(needed["half_width"], 2),
        "sign": not rows.empty and not holds_zero(rows["low"].iloc[-1], rows["high"].iloc[-1]),
        "least": number(needed["least"], 2),
        "needed": int(needed["needed"]) if wide and np.isfinite(needed["needed"]) else 0,
    }
