"""Whether there are enough replications: an effect after the first, the first two, three ... of them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.figure import Figure

from sim.core.arrays import Floats
from sim.lab.estimates.intervals import LEVEL
from sim.lab.estimates.points import by_replication, failed_points, key_outcomes
from sim.lab.estimates.testing import least_effects
from sim.lab.estimates.units import with_units
from sim.lab.figures import drawing
from sim.lab.figures.drawing import styled
from sim.lab.language.language import joined, speaking, tr
from sim.lab.language.wording import counted, holds_zero, number, plain, wrapped
from sim.lab.reports.document import Document, Paragraph, Picture
from sim.lab.results.study import Study
from sim.lab.results.study_wording import analysed, outcome_label, outcome_unit, study_basis

if TYPE_CHECKING:
    import pandas

COLUMNS = ("scenario", "outcome", "replications", "mean", "low", "high")


@dataclass(frozen=True, eq=False)
class Convergence:
    """How effects settle with the number of replications.

    Attributes:
        study: what was analysed.
        table: one row a scenario, outcome and number of replications: `mean, low, high` of the first so many.
        needed: one row a scenario and outcome: `least` effect of interest, `half_width` now, `needed` replications
            for a half width of it (by the spread seen so far; NaN where it cannot be told).
        points: how many points the effect is averaged over.
    """

    study: Study
    table: "pandas.DataFrame"
    needed: "pandas.DataFrame"
    points: int

    def figure(self, lang: str = "en") -> Figure:
        """Running means with their intervals."""
        with speaking(lang):
            return running_means(self)

    def paragraph(self, lang: str = "en") -> str:
        """Whether the effect of every scenario has settled."""
        with speaking(lang):
            return _paragraph(self)

    def report(self, lang: str = "en") -> str:
        """The report, in Markdown."""
        with speaking(lang):
            return convergence_report(self).markdown()


def running(values: Floats) -> "pandas.DataFrame":
    """Mean of the first n values with its t interval, for every n: replications, mean, low, high."""
    import pandas
    from scipy.special import stdtrit

    count = np.arange(1, values.size + 1)
    mean = np.cumsum(values) / count
    away = np.array([((values[:size] - middle) ** 2).sum() for size, middle in zip(count, mean, strict=True)])
    freedom = np.maximum(count - 1, 1)
    half = stdtrit(freedom, 0.5 + LEVEL / 2) * np.sqrt(away / freedom / count)
    half = np.where(count > 1, half, np.nan)
    return pandas.DataFrame({"replications": count, "mean": mean, "low": mean - half, "high": mean + half})


def convergence(study: Study, point: int | None = None) -> Convergence:
    """How the effects of every compared scenario on the key outcomes settle.

    Args:
        study: a finished study.
        point: which; by default the mean over all points that succeeded, replication by replication, as points share
            their luck. Replications that some of these points lack (sequential ones) are left out.
    """
    import pandas

    chosen = key_outcomes(study)
    frames, needed = [], []
    least = _least(study)
    for scenario in study.compared:
        for outcome in chosen:
            values = _series(study, outcome, scenario, point)
            found = running(values).assign(scenario=scenario, outcome=outcome)[list(COLUMNS)]
            frames.append(found)
            size = float(least[outcome])
            needed.append({"scenario": scenario, "outcome": outcome, **needed_for(values, size)})
    count = 1 if point is not None else len(study.points) - len(failed_points(study))
    table, least_needed = pandas.concat(frames, ignore_index=True), pandas.DataFrame(needed)
    return Convergence(study, with_units(table), with_units(least_needed), count)


def _series(study: Study, outcome: str, scenario: str, point: int | None) -> Floats:
    """The effect by replication, at one point or over all of them; without what is missing there."""
    wide = by_replication(study, outcome, scenario)
    if point is not None:
        return wide.loc[point].dropna().to_numpy(dtype=np.float64)
    return wide.dropna(how="all").dropna(axis=1).mean().to_numpy(dtype=np.float64)


def _least(study: Study) -> "pandas.Series":
    name = study.baseline or study.compared[0]
    levels = study.runs[study.runs["scenario"] == name].groupby("replication")[study.outcomes].mean()
    units = {name: str(term.get("unit", "")) for name, term in study.manifest.get("outcomes", {}).items()}
    return least_effects(levels, units, study.manifest.get("sesoi", {}))


def needed_for(values: Floats, least: float) -> dict[str, float]:
    """Half the width of the interval, and the replications that would make it `least`: (t s / least)², rounded up."""
    from scipy.special import stdtrit

    unknown = {"least": least, "half_width": float("nan"), "needed": float("nan")}
    if values.size < 2:
        return unknown
    spread = float(values.std(ddof=1))
    reach = float(stdtrit(values.size - 1, 0.5 + LEVEL / 2)) * spread
    needed = float(max(np.ceil((reach / least) ** 2), 2.0)) if least > 0 else float("nan")
    return {"least": least, "half_width": reach / np.sqrt(values.size), "needed": needed}


@styled
def running_means(found: Convergence) -> Figure:
    """Running means with their intervals, a panel an outcome, a line a scenario."""
    chosen = list(dict.fromkeys(found.table["outcome"]))
    figure = drawing.new_figure(10.0, 1.2 + 2.1 * -(-len(chosen) // 3))
    looks = {
        name: {"color": drawing.COLOURS[place % 7], "marker": drawing.MARKERS[place % 7], "linestyle": "-"}
        for place, name in enumerate(found.study.compared)
    }
    for axes, outcome in zip(drawing.panels(figure, len(chosen), 3), chosen, strict=True):
        for name, look in looks.items():
            rows = found.table[(found.table["outcome"] == outcome) & (found.table["scenario"] == name)][1:]
            bounds = (rows["mean"], rows["low"], rows["high"])
            drawing.line_with_band(axes, rows["replications"], bounds, look, marked=False)
        axes.axhline(0.0, color=drawing.BASELINE_COLOUR, linewidth=1.0, linestyle=(0, (4, 2)))
        axes.set_title(outcome_label(found.study, outcome))
        axes.set_ylabel("\n".join(wrapped(outcome_unit(found.study, outcome), 22)))
        axes.set_xlabel(tr("number of replications"))
    drawing.legend(figure, found.study.compared, looks, None)
    drawing.caption(figure, _about(found))
    return figure


def _about(found: Convergence) -> str:
    return tr(
        "Mean effect of the first replications, averaged over the points; bands: 95 % intervals. A band that was "
        "looked at again and again promises less than 95 %. {basis}.",
        basis=study_basis(found.study, found.points),
    )


def convergence_report(found: Convergence) -> Document:
    """The paragraph and the figure."""
    title = tr("Whether there are enough replications in {name}", name=plain(found.study.name))
    picture = Picture("convergence", _about(found), lambda: running_means(found))
    return Document(title, [Paragraph(_paragraph(found)), picture])


def _paragraph(found: Convergence) -> str:
    told = []
    for scenario in found.study.compared:
        row = found.needed[found.needed["scenario"] == scenario].iloc[0]
        mine = found.table[(found.table["scenario"] == scenario) & (found.table["outcome"] == row["outcome"])]
        what = analysed(found.study, scenario, str(row["outcome"]))
        if mine.empty:
            told.append(tr("No replication has {what} at every point.", what=what))
            continue
        last = mine.iloc[-1]
        settled = not holds_zero(last["low"], last["high"])
        sign = tr("its sign is told") if settled else tr("its sign is not told")
        count = counted(int(last["replications"]), "replication")
        told.append(
            tr(
                "After {count} {what} is known to within {half} (95 % interval): {sign}.",
                count=count,
                what=what,
                half=number(row["half_width"], 2),
                sign=sign,
            )
        )
        if row["half_width"] > row["least"]:
            wanted = counted(int(row["needed"]), "replication")
            least = number(row["least"], 2)
            told.append(tr("To know it to within {least}, {wanted} would do.", least=least, wanted=wanted))
    return joined(told)
