"""Results in a few lines, for a terminal."""

from collections.abc import Sequence
from pathlib import Path

from sim.lab.estimates.decomposition import shown_outcomes
from sim.lab.estimates.digest import delivered, digest_of
from sim.lab.estimates.points import key_outcomes
from sim.lab.estimates.study_effects import spread_over_points
from sim.lab.language.language import language, tr
from sim.lab.language.stored import retold
from sim.lab.language.wording import columns_of, counted, label_of, plain, unmarked, wrapped
from sim.lab.reports.answer import baseline_sentence, effect_of, first_paragraph, focus
from sim.lab.reports.definitions import definitions, units_of
from sim.lab.reports.grid import Grid
from sim.lab.reports.grids import assumption_grid, effect_grid, level_grid
from sim.lab.reports.lever_report import lever_answers
from sim.lab.reports.sweep_report import levers_told, sweep_grid
from sim.lab.reports.sweep_report import shown_outcomes as shown_in_sweep
from sim.lab.results.calibration import Calibration
from sim.lab.results.comparison import Comparison, Sweep
from sim.lab.results.decomposition import Decomposition
from sim.lab.results.digest import Digest
from sim.lab.results.study import Study
from sim.lab.results.tables import Tables
from sim.lab.results.trace import SIDES, Trace
from sim.outcomes.outcomes import OUTCOMES, shown_in
from sim.outcomes.outcomes import unit_of as unit_name

WIDTH = 100


def spoken(text: str) -> str:
    """A report's sentences for a terminal: wrapped, without marks."""
    return "\n".join(_wrapped(unmarked(text)))


def run_summary(run: Tables) -> str:
    """What a run says, and where the rest stands."""
    small = digest_of(run)
    lines = [
        tr(
            "{name}: {count}, seed {seed}",
            name=run.name,
            count=counted(run.replications, "replication"),
            seed=run.manifest.get("seed"),
        ),
        *_defined(_short(level_grid(small))),
        "",
        *_wrapped(unmarked(first_paragraph(small, run.name))),
        _assumed_line(small),
        *_closing(run.warnings, run.folder, run.reused),
    ]
    return "\n".join(lines)


def comparison_summary(comparison: Comparison) -> str:
    """What a comparison says, and where the rest stands."""
    small = comparison.digest
    leading = focus(small)
    lines = []
    question = small.manifests[leading].get("question")
    if question:
        lines += [tr(str(question)), ""]
    lines += [*_wrapped(unmarked(first_paragraph(small, leading))), ""]
    lines += [*_wrapped(unmarked(baseline_sentence(small))), *_sides(small), ""]
    lines += [
        tr("{a} less {b}:", a=plain(leading), b=plain(comparison.baseline)),
        *_defined(_short(effect_grid(small, leading))),
    ]
    lines += ["", _assumed_line(small), *_closing(comparison.warnings, comparison.folder, comparison.reused)]
    return "\n".join(lines)


def _sides(small: Digest) -> list[str]:
    """One line a scenario: the difference in what is delivered."""
    outcome = delivered(dict.fromkeys(small.effects["outcome"]))
    if outcome is None:
        return []
    label = label_of(small.outcomes.get(outcome, {}), outcome)
    effects = {name: effect_of(small, outcome, name) for name in small.scenarios}
    return [
        tr("{label}, less {b}:", label=label, b=plain(str(small.baseline))),
        *(f"  {_padded(plain(name), 24)} {effect.text}" for name, effect in effects.items() if effect),
    ]


def sweep_summary(sweep: Sweep) -> str:
    """What a sweep says, and where the rest stands."""
    header = tr(
        "{name} over {count}", name=sweep.name, count=counted(int(sweep.points["point"].nunique()), "point")
    )
    answer = lever_answers(levers_told(sweep))
    lines = [header, *(_wrapped(unmarked(answer)) if answer else []), ""]
    lines += [
        *_table(sweep_grid(sweep, units=False)),
        *_told_of(shown_in_sweep(sweep)),
        *_closing(sweep.warnings, sweep.folder, sweep.reused),
    ]
    return "\n".join(lines)


def decomposition_summary(found: Decomposition) -> str:
    """What a decomposition says, and where the rest stands."""
    from sim.lab.reports.decomposition_report import meanings, part_grid, sentence

    shown = shown_outcomes(found, "parts", 6)
    lines = [
        *_wrapped(unmarked(sentence(found))),
        "",
        *_defined(part_grid(found, shown, intervals=False)),
        "",
    ]
    lines += [unmarked(line) for line in meanings()]
    lines += ["", simulated_line(int(found.manifest.get("assumed", 0)))]
    return "\n".join([*lines, *_closing(found.warnings, found.folder, found.reused)])


def trace_summary(found: Trace) -> str:
    """What a trace says, and where the rest stands."""
    from sim.lab.reports.story import introduction, life_grid, sum_grid

    lines = [*_wrapped(introduction(found)), ""]
    names = [plain(found.names[side]) for side in SIDES]
    for quarter, *cells in life_grid(found).rows:
        lines.append(quarter)
        sides = {tr("under both"): cells[0]} if cells[0] == cells[1] else dict(zip(names, cells, strict=True))
        for name, cell in sides.items():
            lines += _wrapped(f"  {name}: {unmarked(cell)}", indent="    ") if cell else []
    lines += [
        "",
        *_defined(sum_grid(found)),
        "",
        tr("One simulated person in one replication: an illustration, not evidence."),
    ]
    return "\n".join([*lines, *_closing(found.warnings, found.folder, found.reused)])


def calibration_summary(found: Calibration) -> str:
    """What a calibration says, and where the rest stands."""
    from sim.lab.reports.calibration_report import fit_grid, honesty, range_grid, sentence

    lines = [*_wrapped(unmarked(sentence(found))), "", *_defined(fit_grid(found, short=True)), ""]
    lines += [*_table(range_grid(found)), "", *_wrapped(unmarked(honesty(found))), ""]
    lines.append(simulated_line(int(found.manifest.get("assumed", 0))))
    return "\n".join([*lines, *_closing(found.warnings, found.folder, found.reused)])


def _short(grid: Grid) -> Grid:
    """The key rows of a table; all of them where none is a key row."""
    told = {tr(OUTCOMES[name].label) for name in shown_in("terminal")}
    rows = [row for row in grid.rows if row[0] in told]
    return Grid(grid.header, rows or grid.rows, grid.texts)


def _defined(grid: Grid) -> list[str]:
    """A table, and what the units are that it is told in."""
    told = [line for text in definitions(grid) for line in _wrapped(unmarked(text), indent="  ")]
    return [*_table(grid), "", *told] if told else _table(grid)


def _told_of(outcomes: Sequence[str]) -> list[str]:
    """In what outcomes are told, and what these units are."""
    named = [f"{plain(name)}: {tr(unit_name(name))}" for name in outcomes]
    texts = [tr("; ").join(named), *map(unmarked, units_of(outcomes))]
    return ["", *(line for text in texts for line in _wrapped(text, indent="  "))]


def _table(grid: Grid) -> list[str]:
    """Aligned columns."""
    lines = [list(grid.header), *map(list, grid.rows)]
    widths = [max(columns_of(line[column]) for line in lines) for column in range(len(grid.header))]

    def aligned(line: Sequence[str]) -> str:
        cells = [
            _padded(cell, width) if column < grid.texts else _padded(cell, -width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        return ("  " + "  ".join(cells)).rstrip()

    return [aligned(line) for line in lines]


def _padded(text: str, width: int) -> str:
    """Filled up with blanks to so many columns, on the left where `width` is negative."""
    blanks = " " * max(0, abs(width) - columns_of(text))
    return text + blanks if width > 0 else blanks + text


def _wrapped(text: str, indent: str = "") -> list[str]:
    first, *others = wrapped(text, WIDTH - len(indent))
    return [first, *(indent + line for line in others)]


def _assumed_line(small: Digest) -> str:
    count = len(assumption_grid(small).rows)
    return simulated_line(count)


def simulated_line(assumed: int) -> str:
    """What every summary ends with."""
    count = counted(assumed, "assumed value")
    return tr("Simulated; rests on {count}, no finding about the real place.", count=count)


def report_beside(folder: Path) -> str:
    """Where the report of an analysis is, in the language spoken."""
    suffix = "" if language() == "en" else f".{language()}"
    return tr(
        "Report: {path} (and {other}, tables as CSV, figures)",
        path=folder / f"report{suffix}.html",
        other=f"report{suffix}.md",
    )


def _closing(warnings: Sequence[str], folder: Path | None, reused: bool) -> list[str]:
    """Warnings, and where the report is."""
    lines = [tr("Warning: {warning}", warning=retold(warning)) for warning in warnings]
    if folder is not None:
        if reused:
            told = tr("The same input was run before; this is its stored result (--again runs it anew).")
            lines.append(told)
        lines += _places(folder)
    return lines


def _places(folder: Path) -> list[str]:
    """Where the report and the leading figure are; the tables where there is no report."""
    suffix = "" if language() == "en" else f".{language()}"
    report = folder / f"report{suffix}.html"
    if not report.exists():
        return [tr("Tables: {path} (sim open {path} writes the report)", path=folder)]
    lines = [tr("Report: {path} (and {other})", path=report, other=f"report{suffix}.md")]
    names = ("comparison", "decomposition", "trace", "calibration", "effects")
    figures = (folder / "figures" / f"{name}{suffix}.png" for name in names)
    return lines + [tr("Figure: {path}", path=figure) for figure in figures if figure.exists()]


def study_summary(study: Study) -> str:
    """What a study says, and where the rest stands."""
    from sim.lab.reports.study_report import introduction, spread_grid, study_answer

    effects = study.effects
    shown = effects[effects["outcome"].isin(key_outcomes(study))]
    question = study.manifest["question"]
    answer = study_answer(study)
    lines = [tr(question), ""] if question else []
    lines += [*_wrapped(unmarked(answer)), ""] if answer else []
    lines += [*_wrapped(introduction(study)), ""]
    if len(shown):
        lines += [*_defined(spread_grid(study, spread_over_points(shown))), ""]
    lines += _closing(study.warnings, study.folder, study.reused)
    return "\n".join(lines)
