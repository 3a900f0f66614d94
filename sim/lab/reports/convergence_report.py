"""The report of a convergence: whether there are enough replications."""

from sim.lab.figures.convergence_figure import about_convergence, running_means
from sim.lab.language.language import joined, tr
from sim.lab.language.wording import counted, holds_zero, number, plain
from sim.lab.reports.document import Document, Paragraph, Picture
from sim.lab.results.convergence import Convergence
from sim.lab.results.study_wording import analysed


def convergence_report(found: Convergence) -> Document:
    """The paragraph and the figure."""
    title = tr("Whether there are enough replications in {name}", name=plain(found.study.name))
    picture = Picture("convergence", about_convergence(found), lambda: running_means(found))
    return Document(title, [Paragraph(convergence_paragraph(found)), picture])


def convergence_paragraph(found: Convergence) -> str:
    """Whether the effect of every scenario has settled."""
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
