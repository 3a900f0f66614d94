"""How a validation is told: a line a check on a terminal, and the page VALIDATION.md with its figures."""

import math
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from sim.lab.figures.saving import save_figure
from sim.lab.reports.document import Document, Grid, Heading, Listing, Paragraph, Picture
from sim.validation.case import ERRORS, EXACT, FOLDER, Check, Validation
from sim.validation.directions import FALSE_ALARMS

if TYPE_CHECKING:
    from matplotlib.figure import Figure

BATTERY = FOLDER / "battery.txt"
"""What dieharder printed."""
WIDTHS = (4, 80, 10, 10, 9, 7, 9, 8)
NOT_FOR = """\
That the engine reproduces these says that it computes what it claims, not that a real administration works so.
It must not be used for claims about what happened in a real administration, for decisions about single people or \
offices, or for ranking regimes without varying the assumptions.
""".splitlines()


def heading() -> str:
    """The line above the checks."""
    names = ("case", "quantity", "expected", "obtained", "error", "errors", "allowed", "verdict")
    return _aligned(names)


def line(check: Check) -> str:
    """One check on a terminal."""
    return _aligned(_cells(check))


def _cells(check: Check) -> tuple[str, ...]:
    if check.sign:
        return _direction_cells(check)
    off = "" if math.isnan(check.errors_off) or not check.gated else f"{check.errors_off:+.1f}"
    error = f"{check.error:.5f}" if check.error else ""
    expected = f"{'≤ ' if check.limit else ''}{check.expected:.5g}"
    obtained = f"{check.obtained:.5g}"
    return check.case, check.quantity, expected, obtained, error, off, check.allowed, check.verdict


def _direction_cells(check: Check) -> tuple[str, ...]:
    """The error is half of the interval that decides; `errors` is the effect in standard errors."""
    within = f" {check.gate:g}" if check.sign == "nothing" else ""
    half = (check.high - check.low) / 2
    off = f"{check.obtained / check.error:+.1f}" if check.error > 0 else ""
    half_width = f"±{half:.2g}" if check.sign != "same" else ""
    return (
        check.case,
        check.quantity,
        check.sign + within,
        f"{check.obtained:.4g}",
        half_width,
        off,
        check.allowed,
        check.verdict,
    )


def _aligned(cells: tuple[str, ...]) -> str:
    parts = [
        cell.ljust(width) if place in (0, 1, 7) else cell.rjust(width)
        for place, (cell, width) in enumerate(zip(cells, WIDTHS, strict=True))
    ]
    return " ".join(parts).rstrip()


def as_text(found: Validation) -> str:
    """What a validation says in the end."""
    gated = [check for check in found.checks if check.gated]
    failed = [check for check in gated if not check.passed]
    told = f"{len(gated) - len(failed)} of {len(gated)} checks passed"
    reported = len(found.checks) - len(gated)
    return f"{told}, {reported} reported" if reported else told


def signs_judged(checks: Iterable[Check]) -> str:
    """How directions are judged; "" where there is none."""
    drawn = [check for check in checks if check.sign and check.sign != "same"]
    if not drawn:
        return ""
    return (
        f"Of each direction the mean of paired differences is told, ± half of its interval. All {len(drawn)} intervals "
        f"hold together with {1 - FALSE_ALARMS:.0%}: a direction is confirmed where its interval leaves no other sign, "
        f"refuted where it leaves only others. So at most one set in {1 / FALSE_ALARMS:.0f} refutes anything true or "
        f"confirms anything false; what is undecided fails too."
    )


def write_page(folder: Path, found: Validation) -> Path:
    """Write VALIDATION.md and its figures into a folder.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    document = page(found)
    for block in document.blocks:
        if isinstance(block, Picture):
            figures = folder / "figures"
            figures.mkdir(exist_ok=True)
            save_figure(block.draw(), figures, block.name)
            (figures / f"{block.name}.svg").unlink()
    path = folder / "VALIDATION.md"
    path.write_text(document.markdown(), encoding="utf-8")
    return path


def page(found: Validation) -> Document:
    """One page: what is reproduced, how it is judged, what it does not mean."""
    blocks: list[Paragraph | Heading | Grid | Listing | Picture] = [Paragraph(_judged(found))]
    for case in found.cases:
        checks = [check for check in found.checks if check.case == case.name]
        blocks += [
            Heading(f"{case.name}: {case.title}"),
            Paragraph(f"Source: {case.source}. {as_text_of(checks)}. {signs_judged(checks)}".strip()),
        ]
        blocks += _pictures(case.name, checks)
        blocks.append(Grid(_header(), [[*_cells(check)[1:], check.certainty] for check in checks]))
        if reasons := list(dict.fromkeys(check.reason for check in checks if check.reason)):
            blocks.append(Listing(reasons))
    blocks += _draws()
    blocks += [
        Heading("What it does not mean"),
        Listing(NOT_FOR),
    ]
    return Document("Validation", blocks)


def _draws() -> list[Heading | Paragraph]:
    """What the last statistical battery said of the draws, if one was run."""
    if not BATTERY.is_file():
        return []
    lines = BATTERY.read_text(encoding="utf-8").splitlines()
    ends = {
        word: sum(line.rstrip().endswith(word) for line in lines) for word in ("PASSED", "WEAK", "FAILED")
    }
    weak = [line.split("|")[0].strip() for line in lines if line.rstrip().endswith("WEAK")]
    named = f" ({', '.join(weak)})" if weak else ""
    told = (
        f"`make battery` writes the draws' leading bits in the order in which a run asks for them and tests them with "
        f"dieharder (all its tests). Its last run: {ends['PASSED']} passed, {ends['WEAK']} weak{named}, "
        f"{ends['FAILED']} failed, of {sum(ends.values())}. Good draws are called weak once in a hundred tests. The "
        f"whole output is in battery.txt."
    )
    return [Heading("The draws"), Paragraph(told)]


def as_text_of(checks: list[Check]) -> str:
    """`5 of 5 checks passed`."""
    return as_text(Validation((), tuple(checks)))


def _header() -> list[str]:
    return [
        "quantity",
        "expected",
        "obtained",
        "standard error",
        "errors off",
        "allowed",
        "verdict",
        "certainty",
    ]


def _judged(found: Validation) -> str:
    return (
        f"{as_text(found)}. Every case is a scenario file in scenarios/validation, run by the engine that compares "
        f"policies; `sim validate` runs them, `make validation` writes this page. What difference passes stands beside "
        f"every check as allowed: {ERRORS:.0f} standard errors where something is drawn (a correct engine fails such a "
        f"check once in 16,000), {100 * EXACT:g} % of the known value where nothing is; a limit must not be exceeded. "
        f"Where it is another, the reason is told below the case's table. Certainty: A exact, B recomputed by an "
        f"independent simulation of the published specification, C published sizes of other settings, reported and "
        f"never gated."
    )


def _pictures(name: str, checks: list[Check]) -> list[Picture]:
    if name == "V1":
        caption = "Mean potential by year: dots the engine with four standard errors, lines the independent simulation."
        return [Picture("v1_potential", caption, lambda: _potential(checks))]
    if name == "V2":
        caption = (
            "Change of efficiency by whom is promoted: bars the engine with four standard errors, crosses the "
            "independent simulation."
        )
        return [Picture("v2_peter", caption, lambda: _peter(checks))]
    if name == "V5":
        caption = "People last two years running: dots the engine with four standard errors, crosses the closed form."
        sizes = (
            "How often the average person is last, by the size of the department (reliability .5): dots the engine "
            "with four standard errors, lines the closed form; dashed, below the lowest tenth's standard instead."
        )
        return [
            Picture("v5_flags", caption, lambda: _flags(checks)),
            Picture("v5_sizes", sizes, lambda: _sizes(checks)),
        ]
    return []


def _potential(checks: list[Check]) -> "Figure":
    """Scullen's curves."""
    from sim.lab.figures import drawing

    @drawing.styled
    def draw() -> "Figure":
        figure = drawing.new_figure(7.2, 4.4)
        axes = figure.add_subplot()
        by_year = [check for check in checks if check.quantity.startswith("mean potential in year")]
        cells = dict.fromkeys(check.quantity.split(", ", 1)[1] for check in by_year)
        for place, cell in enumerate(cells):
            mine = [check for check in by_year if check.quantity.endswith(f", {cell}")]
            years = [int(check.quantity.split()[4].rstrip(",")) for check in mine]
            look = {"color": drawing.COLOURS[place], "marker": drawing.MARKERS[place]}
            axes.plot(years, [check.expected for check in mine], color=look["color"], linewidth=1.2)
            errors = [ERRORS * check.error for check in mine]
            obtained = [check.obtained for check in mine]
            axes.errorbar(years, obtained, yerr=errors, linestyle="", markersize=4, label=cell, **look)  # type: ignore[arg-type]
        axes.set_xlabel("year")
        axes.set_ylabel("mean potential, SD of applicants")
        axes.legend()
        return figure

    return draw()


def _peter(checks: list[Check]) -> "Figure":
    """The Peter bars: what each strategy does under either hypothesis."""
    from sim.lab.figures import drawing

    @drawing.styled
    def draw() -> "Figure":
        figure = drawing.new_figure(7.2, 4.2)
        axes = figure.add_subplot()
        mine = [check for check in checks if check.quantity.startswith("change of efficiency")]
        labels = [check.quantity.split(", ", 1)[1] for check in mine]
        hypotheses = list(dict.fromkeys(label.split(", ")[0] for label in labels))
        for place, (check, label) in enumerate(zip(mine, labels, strict=True)):
            colour = drawing.COLOURS[hypotheses.index(label.split(", ")[0])]
            error = ERRORS * check.error
            axes.barh(place, check.obtained, color=colour, alpha=0.6, xerr=error, capsize=2, height=0.7)
            axes.plot([check.expected], [place], marker="x", color="#000000", linestyle="")
        axes.axvline(0.0, color="#595959", linewidth=0.8)
        axes.set_yticks(range(len(mine)), labels)
        axes.set_ylim(len(mine) - 0.5, -0.5)
        axes.set_xlabel("change of efficiency, points")
        return figure

    return draw()


def _flags(checks: list[Check]) -> "Figure":
    """The chance of being last twice, by setting."""
    from sim.lab.figures import drawing

    @drawing.styled
    def draw() -> "Figure":
        figure = drawing.new_figure(7.2, 3.6)
        axes = figure.add_subplot()
        mine = [check for check in checks if check.quantity.startswith("flagged in two years")]
        for place, check in enumerate(mine):
            bounds = (
                check.obtained,
                check.obtained - ERRORS * check.error,
                check.obtained + ERRORS * check.error,
            )
            drawing.dot_with_bar(axes, place, bounds, {"color": drawing.COLOURS[0], "marker": "o"})
            axes.plot([check.expected], [place], marker="x", color="#000000", linestyle="")
        axes.set_yticks(range(len(mine)), [check.quantity.split(", ", 1)[1] for check in mine])
        axes.set_ylim(len(mine) - 0.5, -0.5)
        axes.set_xlabel("share of people")
        return figure

    return draw()


AVERAGE_LAST = re.compile(r"the average person last( twice)?, n = (\d+), r = 0?\.5")


def _sizes(checks: list[Check]) -> "Figure":
    """The chance of being last once and twice of somebody of mean ability, by the size of the department."""
    from sim.lab.figures import drawing
    from sim.validation.two_years import average_below, average_last, average_last_twice

    sizes = range(2, 41)
    lines = {
        "once": [average_last(size, 0.5) for size in sizes],
        "twice running": [average_last_twice(size, 0.5, 0.0) for size in sizes],
    }

    @drawing.styled
    def draw() -> "Figure":
        figure = drawing.new_figure(7.2, 4.0)
        axes = figure.add_subplot()
        for place, (label, line_) in enumerate(lines.items()):
            look = {"color": drawing.COLOURS[place], "marker": drawing.MARKERS[place]}
            axes.plot(list(sizes), line_, color=look["color"], linewidth=1.2)
            axes.axhline(
                average_below(0.1, 0.5, place + 1), color=look["color"], linestyle="--", linewidth=0.8
            )
            mine = [(check, found) for check in checks if (found := AVERAGE_LAST.fullmatch(check.quantity))]
            mine = [(check, found) for check, found in mine if bool(found[1]) == bool(place)]
            at, obtained = [int(found[2]) for _, found in mine], [check.obtained for check, _ in mine]
            errors = [ERRORS * check.error for check, _ in mine]
            axes.errorbar(at, obtained, yerr=errors, linestyle="", markersize=4, label=label, **look)  # type: ignore[arg-type]
        axes.set_yscale("log")
        axes.set_ylim(5e-5, 1)
        axes.set_xlabel("people in the department")
        axes.set_ylabel("chance")
        axes.legend()
        return figure

    return draw()
