"""Results in a few lines, for a terminal: what the templates `summary_<kind>.md.j2` are filled with."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sim.lab.estimates.digest import delivered, digest_of
from sim.lab.estimates.points import key_outcomes
from sim.lab.estimates.split import shown_outcomes
from sim.lab.estimates.study_effects import spread_over_points
from sim.lab.language.language import language, tr
from sim.lab.language.wording import label_of, plain
from sim.lab.reports.answer import baseline_sentence, effect_of, first_paragraph, focus, question_of
from sim.lab.reports.definitions import units_of
from sim.lab.reports.environment import sentences
from sim.lab.reports.grid import Grid
from sim.lab.reports.grids import assumption_grid, effect_grid, level_grid
from sim.lab.reports.levels import level_outcomes, outcome_name, point_grid
from sim.lab.reports.terminal import padded
from sim.lab.results.calibration import Calibration
from sim.lab.results.comparison import Comparison
from sim.lab.results.decomposition import Decomposition
from sim.lab.results.digest import Digest
from sim.lab.results.evaluation import Evaluation
from sim.lab.results.study import Study
from sim.lab.results.tables import Tables
from sim.lab.results.trace import SIDES, Trace
from sim.outcomes.outcomes import OUTCOMES, shown_in

FIGURES = ("comparison", "decomposition", "trace", "calibration", "effects", "evaluation")
"""Figures that a summary points at, where they are there."""


def run_summary(run: Tables) -> str:
    """What a run says, and where the rest stands."""
    digest = digest_of(run)
    return _summary(
        "run",
        run,
        len(assumption_grid(digest).rows),
        name=run.name,
        replications=run.replications,
        seed=run.manifest.get("seed"),
        levels=_short(level_grid(digest)),
        answer=first_paragraph(digest, run.name),
    )


def comparison_summary(comparison: Comparison) -> str:
    """What a comparison says, and where the rest stands."""
    digest = comparison.digest
    leading = focus(digest)
    outcome = delivered(dict.fromkeys(digest.effects["outcome"]))
    return _summary(
        "comparison",
        comparison,
        len(assumption_grid(digest).rows),
        question=question_of(digest, leading),
        answer=first_paragraph(digest, leading),
        why_baseline=baseline_sentence(digest),
        label=label_of(digest.outcomes.get(str(outcome), {}), str(outcome)),
        baseline=comparison.baseline,
        sides=list(_sides(digest, outcome)),
        leading=leading,
        effects=_short(effect_grid(digest, leading)),
    )


def _sides(digest: Digest, outcome: str | None) -> Iterator[str]:
    """One line a scenario: the difference in what is delivered."""
    for name in digest.scenarios:
        effect = effect_of(digest, outcome, name)
        if effect is not None:
            yield f"{padded(plain(name), 24)} {effect.text}"


def decomposition_summary(decomposition: Decomposition) -> str:
    """What a decomposition says, and where the rest stands."""
    from sim.lab.reports.decomposition_report import decomposition_facts, part_grid

    facts = decomposition_facts(decomposition)
    shown = part_grid(decomposition, shown_outcomes(decomposition, "parts", 6), intervals=False)
    return _summary("decomposition", decomposition, facts["assumed"], shown=shown, **facts)


def trace_summary(trace: Trace) -> str:
    """What a trace says, and where the rest stands."""
    from sim.lab.reports.story import story_facts

    facts = story_facts(trace)
    names = [plain(trace.names[side]) for side in SIDES]
    lived = {quarter: _lived(names, cells) for quarter, *cells in facts["quarters"].rows}
    return _summary("trace", trace, None, lived=lived, **facts)


def _lived(names: list[str], cells: list[str]) -> list[str]:
    """What happens to the person in a quarter, once where it is the same under both regimes."""
    both = cells[0] == cells[1]
    sides = {tr("under both"): cells[0]} if both else dict(zip(names, cells, strict=True))
    return [f"  {name}: {cell}" for name, cell in sides.items() if cell]


def calibration_summary(calibration: Calibration) -> str:
    """What a calibration says, and where the rest stands."""
    from sim.lab.reports.calibration_report import calibration_facts, fit_grid

    facts = calibration_facts(calibration)
    shown = fit_grid(calibration, short=True)
    return _summary("calibration", calibration, facts["assumed"], shown=shown, **facts)


def study_summary(study: Study) -> str:
    """What a study says, and where the rest stands."""
    from sim.lab.reports.study_report import answer_of, spread_grid

    effects = study.effects[study.effects["outcome"].isin(key_outcomes(study))]
    shown = level_outcomes(study)
    return _summary(
        "study",
        study,
        None,
        points=len(study.settings),
        levels=point_grid(study, units=False) if shown else None,
        told_in=tr("; ").join(tr("{label}: {unit}", **outcome_name(name)) for name in shown),
        level_units=units_of(shown),
        shown=spread_grid(study, spread_over_points(effects)) if len(effects) and not shown else None,
        **answer_of(study),
    )


def evaluation_summary(evaluation: Evaluation) -> str:
    """What an evaluation says, and where the rest stands."""
    from sim.lab.reports.evaluation_report import evaluation_facts

    facts = evaluation_facts(evaluation)
    return _summary("evaluation", evaluation, facts["assumed"], **facts)


def _summary(kind: str, result: Any, rests_on: int | None, **values: Any) -> str:
    """The template of a kind of result, filled with `values` and with what every summary ends with.

    Args:
        kind: of the result.
        result: with its warnings, its folder, and whether it was stored before.
        rests_on: how many assumed values it rests on; None where the template says so itself.
        values: what the template names.
    """
    ending = {"rests_on": rests_on, "warnings": result.warnings, "reused": result.reused and result.folder}
    return sentences(f"summary_{kind}", {**values, **ending, **_places(result.folder)})


def _places(folder: Path | None) -> dict[str, Any]:
    """Where the report and the leading figure are; the tables where there is no report."""
    suffix = "" if language() == "en" else f".{language()}"
    places: dict[str, Any] = {"tables": "", "report": "", "other": f"report{suffix}.md", "figures": []}
    if folder is None:
        return places
    report = folder / f"report{suffix}.html"
    if not report.exists():
        return {**places, "tables": folder}
    figures = [folder / "figures" / f"{name}{suffix}.png" for name in FIGURES]
    return {**places, "report": report, "figures": [figure for figure in figures if figure.exists()]}


def report_beside(folder: Path) -> str:
    """Where the report of an analysis is, in the language spoken."""
    places = _places(folder)
    return tr(
        "Report: {path} (and {other}, tables as CSV, figures)", path=places["report"], other=places["other"]
    )


def _short(grid: Grid) -> Grid:
    """The key rows of a table; all of them where none is a key row."""
    shown = {tr(OUTCOMES[name].label) for name in shown_in("terminal")}
    rows = [row for row in grid.rows if row[0] in shown]
    return Grid(grid.header, rows or grid.rows, grid.texts)
