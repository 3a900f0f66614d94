"""The facts of a calibration: what was moved for what, how near it came, what the targets leave open."""

import math
from typing import Any

from sim.lab.estimates.fit import FEWEST_NEAR, WIDE, near_threshold
from sim.lab.figures.calibration_figure import about_calibration, fit_and_trials, rows_of, target_label
from sim.lab.language.changed import changed_sentence, of_two
from sim.lab.language.language import tr
from sim.lab.language.wording import number, signed, sourced
from sim.lab.reports.definitions import units_of
from sim.lab.reports.grid import Grid
from sim.lab.reports.template import Facts, Report
from sim.lab.results.calibration import Calibration

MOST_FAILURES = 10
BAD_FIT = 2.0
"""A target missed by more combined standard deviations than this is named."""


def calibration_report(calibration: Calibration) -> Report:
    """The report of a calibration."""
    return Report("calibration", calibration_facts(calibration), lambda _: fit_and_trials(calibration))


def calibration_facts(calibration: Calibration) -> Facts:
    """What the report says, and its summary."""
    manifest, fit, failures = calibration.manifest, calibration.fit, calibration.failures
    start, code = float(calibration.trials["loss"].iloc[0]), manifest.get("code", {})
    shared = [str(free["key"]) for free in manifest.get("free", []) if free.get("shared")]
    return {
        "calibration": calibration,
        "changed": changed_sentence(of_two(manifest)),
        "loss": number(calibration.loss),
        "start_loss": number(start) if math.isfinite(start) else "",
        "missed": [target_label(calibration, row) for row in rows_of(fit) if abs(row["off"]) > BAD_FIT],
        "limit": BAD_FIT,
        "trials": len(calibration.trials),
        "numbers": len(calibration.ranges),
        "targets": [
            {**row, "label": target_label(calibration, row), "source": sourced(str(row["source"]))}
            for row in rows_of(fit)
        ],
        "assumed_errors": int((fit["error_source"] == "").sum()),
        "assumed_values": int(fit["source"].map(is_assumed).sum()),
        "warnings": calibration.warnings,
        "caption": about_calibration(calibration),
        "units": units_of(fit["outcome"]),
        "near": int(calibration.ranges["near"].iloc[0]),
        "threshold": number(near_threshold()),
        "also_moved": [f"`{key}`" for key in shared] if manifest.get("baseline") else [],
        "failed": len(failures),
        "failures": rows_of(failures.head(MOST_FAILURES)),
        "fit": fit_grid(calibration),
        "ranges": range_grid(calibration),
        "all_trials": trial_grid(calibration),
        "assumed": int(manifest.get("assumed", 0)),
        "seed": manifest.get("seed"),
        "settings": " ".join(f"--set {key}={value!r}" for key, value in calibration.best.items()),
        "code": f"{code.get('version')}, {code.get('content')}",
    }


def is_assumed(source: str) -> bool:
    """Whether a target's value has no source but somebody's assumption."""
    return not source or source.split(" ")[0].rstrip(",;:") == "assumption"


def fit_grid(calibration: Calibration, short: bool = False) -> Grid:
    """One row a target: what is wanted, what the best trial brought about, how far off."""
    rows = []
    for row in rows_of(calibration.fit):
        mark = "" if row["error_source"] else tr(" (assumed)")
        cells = [
            target_label(calibration, row),
            sourced(str(row["source"])) or tr("assumed"),
            f"{number(row['value'])} ± {number(row['error'])}{mark}",
            f"{number(row['obtained'])} ± {number(row['replication_error'])}",
            signed(row["off"]),
            number(row["start_obtained"]),
            signed(row["start_off"]),
        ]
        rows.append([cells[0], *cells[2:5]] if short else cells)
    reached = [tr("wanted"), tr("obtained"), tr("errors off")]
    if short:
        return Grid([tr("target"), *reached], rows)
    return Grid([tr("target"), tr("source"), *reached, tr("as it is"), tr("errors off")], rows, texts=2)


def range_grid(calibration: Calibration) -> Grid:
    """One row a number: as it is, best, range searched, range among the near trials, what that says."""
    rows = [
        [
            str(row["parameter"]),
            number(row["start"]),
            number(row["best"]),
            tr("{low} to {high}", low=number(row["low"]), high=number(row["high"]))
            + (tr(" (log)") if row["log"] else ""),
            tr("{low} to {high}", low=number(row["near_low"]), high=number(row["near_high"])),
            verdict(row),
        ]
        for row in rows_of(calibration.ranges)
    ]
    header = [tr("number"), tr("as it is"), tr("best"), tr("searched"), tr("near trials"), tr("pinned down?")]
    return Grid(header, rows)


def verdict(row: Any) -> str:
    """Whether the targets say anything about a number."""
    if row["near"] < FEWEST_NEAR:
        return tr("too few near trials to say")
    if row["span"] > WIDE:
        return tr("no: near trials span {share} % of the range", share=round(100 * row["span"]))
    return tr("to {share} % of the range", share=max(1, round(100 * row["span"])))


def trial_grid(calibration: Calibration) -> Grid:
    """One row a trial, the best ones first; folded."""
    keys = list(calibration.ranges["parameter"])
    rows = [
        [
            str(row["trial"]),
            number(row["loss"]) if math.isfinite(row["loss"]) else tr("failed"),
            *(number(row[key]) for key in keys),
        ]
        for row in rows_of(calibration.trials.sort_values(["loss", "trial"], kind="stable"))
    ]
    return Grid([tr("trial"), tr("loss"), *keys], rows, texts=1, folded=tr("All trials, the best ones first"))
