"""Everything around the engine: what is asked, run, stored, estimated, drawn and told.

A result has a report, a figure, a summary and tables that follow from others, and imports none of what makes them, so
that imports run one way. `PLACES` says by name where each is made; a name is imported when it is first asked for.
"""

from importlib import import_module
from typing import Any, NamedTuple

PLACES: dict[str, dict[str, str]] = {
    "run": {
        "result": "sim.lab.results.tables:Tables",
        "report": "sim.lab.reports.comparison_report:run_report",
        "summary": "sim.lab.reports.summary:run_summary",
    },
    "comparison": {
        "result": "sim.lab.results.comparison:Comparison",
        "report": "sim.lab.reports.comparison_report:comparison_report",
        "figure": "sim.lab.figures.overview:comparison_overview",
        "summary": "sim.lab.reports.summary:comparison_summary",
    },
    "sweep": {
        "result": "sim.lab.results.sweep:Sweep",
        "report": "sim.lab.reports.study_report:study_report",
        "summary": "sim.lab.reports.summary:study_summary",
        "effects": "sim.lab.estimates.study_effects:all_effects",
        "crossed": "sim.lab.estimates.levers:crossed_in_study",
    },
    "decomposition": {
        "result": "sim.lab.results.decomposition:Decomposition",
        "report": "sim.lab.reports.decomposition_report:decomposition_report",
        "figure": "sim.lab.figures.decomposition_figure:parts_by_outcome",
        "summary": "sim.lab.reports.summary:decomposition_summary",
    },
    "trace": {
        "result": "sim.lab.results.trace:Trace",
        "report": "sim.lab.reports.story:story",
        "figure": "sim.lab.figures.trace_figure:life",
        "summary": "sim.lab.reports.summary:trace_summary",
    },
    "calibration": {
        "result": "sim.lab.results.calibration:Calibration",
        "report": "sim.lab.reports.calibration_report:calibration_report",
        "figure": "sim.lab.figures.calibration_figure:fit_and_trials",
        "summary": "sim.lab.reports.summary:calibration_summary",
    },
    "evaluation": {
        "result": "sim.lab.results.evaluation:Evaluation",
        "report": "sim.lab.reports.evaluation_report:evaluation_report",
        "figure": "sim.lab.figures.evaluation_figure:truth_and_estimates",
        "summary": "sim.lab.reports.summary:evaluation_summary",
    },
    "study": {
        "result": "sim.lab.results.study:Study",
        "report": "sim.lab.reports.study_report:study_report",
        "summary": "sim.lab.reports.summary:study_summary",
        "effects": "sim.lab.estimates.study_effects:all_effects",
        "crossed": "sim.lab.estimates.levers:crossed_in_study",
    },
    "sensitivity": {
        "estimate": "sim.lab.estimates.sensitivity:sensitivity",
        "report": "sim.lab.reports.sensitivity_report:sensitivity_report",
        "figure": "sim.lab.figures.sensitivity_figures:sensitivity_figure",
    },
    "attribution": {
        "estimate": "sim.lab.estimates.attribution:attribute",
        "report": "sim.lab.reports.attribution_report:attribution_report",
        "figure": "sim.lab.figures.attribution_figures:shapley_bars",
        "interactions": "sim.lab.figures.attribution_figures:interaction_map",
    },
    "robustness": {
        "estimate": "sim.lab.estimates.robustness:robust",
        "report": "sim.lab.reports.robustness_report:robustness_report",
        "figure": "sim.lab.figures.robustness_figures:headline_bars",
    },
    "convergence": {
        "report": "sim.lab.reports.convergence_report:convergence_report",
        "figure": "sim.lab.figures.convergence_figure:running_means",
    },
}
"""By kind of result, and by what is asked of it: `module:name`. Those without `result` are not stored by themselves."""


class Analysed(NamedTuple):
    """What is known of an analysis before anything of it is imported; its function is `estimate` in `PLACES`.

    Attributes:
        question: what it answers.
        reads: which studies, and what it makes of them.
        options: what it may be asked besides the study, in the order of the command line (`sim.cli.analyse.OPTIONS`).
    """

    question: str
    reads: str
    options: tuple[str, ...] = ()


ANALYSES = {
    "sensitivity": Analysed(
        "Which assumptions do effects depend on?",
        "Reads a study of design morris (screening), sobol (shares of variance) or latin_hypercube (regression).",
        ("outcomes",),
    ),
    "attribution": Analysed(
        "Which of the eight parts does the work?",
        "Reads a study of design coalitions: Shapley values of the parts, and what pairs of them do together.",
        ("smallest",),
    ),
    "robustness": Analysed(
        "In how much of the assumption space does it hold?",
        "Reads a study that varies assumptions: shares in which headlines hold or flip, regret, and where they flip.",
        ("headlines", "smallest"),
    ),
}
"""What can be asked of a finished study: a command of `sim` and a name of the package each, as their functions."""


def analyses() -> dict[str, str]:
    """The place of every function that analyses a study, by its name."""
    places = (PLACES[kind]["estimate"] for kind in ANALYSES)
    return {place.partition(":")[2]: place for place in places}


def maker(kind: str, what: str) -> Any:
    """The class of a kind of result, or the function that makes a report, a figure, a summary, a table of it."""
    module, _, name = PLACES[kind][what].partition(":")
    return getattr(import_module(module), name)
