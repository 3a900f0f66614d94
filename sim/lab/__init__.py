"""Everything around the engine: what is asked, run, stored, estimated, drawn and told.

A result has a report, a figure, a summary and tables that follow from others, and imports none of what makes them, so
that imports run one way. `PLACES` says by name where each is made; a name is imported when it is first asked for.
"""

from importlib import import_module
from typing import Any

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
    "study": {
        "result": "sim.lab.results.study:Study",
        "report": "sim.lab.reports.study_report:study_report",
        "summary": "sim.lab.reports.summary:study_summary",
        "effects": "sim.lab.estimates.study_effects:all_effects",
        "crossed": "sim.lab.estimates.levers:crossed_in_study",
    },
    "sensitivity": {
        "report": "sim.lab.reports.sensitivity_report:sensitivity_report",
        "figure": "sim.lab.figures.sensitivity_figures:sensitivity_figure",
        "paragraph": "sim.lab.reports.sensitivity_report:sensitivity_paragraph",
    },
    "attribution": {
        "report": "sim.lab.reports.attribution_report:attribution_report",
        "figure": "sim.lab.figures.attribution_figures:shapley_bars",
        "interactions": "sim.lab.figures.attribution_figures:interaction_map",
        "paragraph": "sim.lab.reports.attribution_report:attribution_paragraph",
    },
    "robustness": {
        "report": "sim.lab.reports.robustness_report:robustness_report",
        "figure": "sim.lab.figures.robustness_figures:headline_bars",
        "paragraph": "sim.lab.reports.robustness_report:robustness_paragraph",
    },
    "convergence": {
        "report": "sim.lab.reports.convergence_report:convergence_report",
        "figure": "sim.lab.figures.convergence_figure:running_means",
        "paragraph": "sim.lab.reports.convergence_report:convergence_paragraph",
    },
}
"""By kind of result, and by what is asked of it: `module:name`. Those without `result` are not stored by themselves."""


def maker(kind: str, what: str) -> Any:
    """The class of a kind of result, or the function that makes a report, a figure, a summary, a table of it."""
    module, _, name = PLACES[kind][what].partition(":")
    return getattr(import_module(module), name)
