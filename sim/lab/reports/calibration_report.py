"""How a calibration is told: what was moved for what, how near it came, what the targets leave open."""

import math
from typing import Any

from sim.lab.estimates.calibration import FEWEST_NEAR, WIDE, near_threshold
from sim.lab.figures.calibration_figure import about_calibration, fit_and_trials, rows_of, target_label
from sim.lab.language.language import tr
from sim.lab.language.stored import retold
from sim.lab.language.wording import counted, listed, number, plain, signed
from sim.lab.reports.definitions import units_of
from sim.lab.reports.document import Block, Document, Grid, Heading, Listing, Paragraph, Picture
from sim.lab.results.calibration import Calibration

MOST_FAILURES = 10
BAD_FIT = 2.0
"""A target missed by more combined standard deviations than this is named."""


def calibration_report(found: Calibration) -> Document:
    """The sentence, what it is worth, the figure, targets, numbers, trials, how it was made."""
    blocks: list[Block] = [Paragraph(sentence(found)), Paragraph(honesty(found))]
    if found.warnings:
        blocks += [Heading(tr("Warnings")), Listing([*map(retold, found.warnings)])]
    blocks += [
        Picture("calibration", about_calibration(found), lambda: fit_and_trials(found)),
        Heading(tr("Targets")),
        fit_grid(found),
        Listing([*_notes(found), *units_of(found.fit["outcome"])]),
        Heading(tr("Numbers that were moved")),
        range_grid(found),
        Paragraph(_about_ranges(found)),
        Heading(tr("Trials")),
    ]
    if len(found.failures):
        blocks += [Paragraph(_failed(found)), Listing(_failures(found))]
    blocks += [
        trial_grid(found),
        Heading(tr("What this does not say")),
        Paragraph(_limits(found)),
        Heading(tr("How it was made")),
        Listing(_origin(found)),
    ]
    return Document(tr("{name}: numbers fitted to targets", name=plain(found.name).capitalize()), blocks)


def sentence(found: Calibration) -> str:
    """What was moved for what, and how near it came."""
    start = float(found.trials["loss"].iloc[0])
    told = tr(
        "{parameters} of `{scenario}` moved in {trials} to bring about {targets}. The best trial, number {best}, has a "
        "loss of {loss}; the scenario as it is has {start}.",
        parameters=counted(len(found.ranges), "number"),
        scenario=found.scenario,
        trials=counted(len(found.trials), "trial"),
        targets=counted(len(found.fit), "target"),
        best=found.best_trial,
        loss=number(found.loss),
        start=number(start) if math.isfinite(start) else tr("none, as it failed"),
    )
    missed = [target_label(found, row) for row in rows_of(found.fit) if abs(row["off"]) > BAD_FIT]
    if not missed:
        return told + tr(" Every target is met within {limit} combined standard deviations.", limit=BAD_FIT)
    missing = tr(
        " Missed by more than {limit} combined standard deviations: {missed}.",
        limit=BAD_FIT,
        missed=listed(missed),
    )
    return told + missing


def honesty(found: Calibration) -> str:
    """How many numbers were moved for how many targets, and what a fit is worth."""
    moved, wanted = len(found.ranges), len(found.fit)
    told = tr(
        "{parameters} moved for {targets}: the targets chose the numbers, so meeting them is no evidence that the "
        "model is right.",
        parameters=counted(moved, "number"),
        targets=counted(wanted, "target"),
    )
    if moved >= wanted:
        told += tr(" With no fewer numbers than targets a close fit is to be expected of any model.")
    assumed = int((found.fit["error_source"] == "").sum())
    unsourced = int(found.fit["source"].map(_is_assumed).sum())
    if assumed:
        told += tr(" The error of {count} is assumed.", count=counted(assumed, "target"))
    if unsourced:
        told += tr(" The value of {count} is assumed, too.", count=counted(unsourced, "target"))
    return told


def _is_assumed(source: str) -> bool:
    return not source or source.split(" ")[0].rstrip(",;:") == "assumption"


def fit_grid(found: Calibration, short: bool = False) -> Grid:
    """One row a target: what is wanted, what the best trial brought about, how far off."""
    rows = []
    for row in rows_of(found.fit):
        cells = [target_label(found, row)]
        if not short:
            cells += [str(row["source"]) or tr("assumed")]
        cells += [
            f"{number(row['value'])} ± {number(row['error'])}{_mark(row)}",
            f"{number(row['obtained'])} ± {number(row['replication_error'])}",
            signed(row["off"]),
        ]
        rows.append(cells if short else [*cells, number(row["start_obtained"]), signed(row["start_off"])])
    header = [
        tr("target"),
        *([] if short else [tr("source")]),
        tr("wanted"),
        tr("obtained"),
        tr("errors off"),
    ]
    if not short:
        header += [tr("as it is"), tr("errors off")]
    return Grid(header, rows, texts=1 if short else 2)


def _mark(row: Any) -> str:
    return "" if row["error_source"] else tr(" (assumed)")


def range_grid(found: Calibration) -> Grid:
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
        for row in rows_of(found.ranges)
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


def trial_grid(found: Calibration) -> Grid:
    """One row a trial, the best ones first; folded."""
    keys = list(found.ranges["parameter"])
    ordered = found.trials.sort_values(["loss", "trial"], kind="stable")
    rows = [
        [
            str(row["trial"]),
            number(row["loss"]) if math.isfinite(row["loss"]) else tr("failed"),
            *(number(row[key]) for key in keys),
        ]
        for row in rows_of(ordered)
    ]
    return Grid([tr("trial"), tr("loss"), *keys], rows, texts=1, folded=tr("All trials, the best ones first"))


def _notes(found: Calibration) -> list[str]:
    """What each target rests on, and over which quarters it is taken."""
    told = []
    for row in rows_of(found.fit):
        source = str(row["source"]) or tr("assumed")
        parts = [
            source,
            *([str(row["note"])] if row["note"] else []),
            tr("quarters {window}", window=row["window"]),
        ]
        told.append(f"{target_label(found, row)}: {'; '.join(parts)}")
    return told


def _about_ranges(found: Calibration) -> str:
    count = int(found.ranges["near"].iloc[0])
    moved = [str(one["key"]) for one in found.manifest.get("free", []) if one.get("shared")]
    told = tr(
        "Near trials are the {count} whose loss is less than {threshold} above the least (the 95 % point of a "
        "chi-square with one degree of freedom). A number whose near trials span much of the range searched is not "
        "pinned down by these targets. The search looks for the best point and not for the edges, so the true ranges "
        "are wider.",
        count=counted(count, "trial"),
        threshold=number(near_threshold()),
    )
    if found.manifest.get("baseline") and moved:
        keys = listed([f"`{key}`" for key in moved])
        told += tr(" Moved in the baseline as well: {keys}.", keys=keys)
    return told


def _failed(found: Calibration) -> str:
    return tr(
        "{count} failed and say nothing about the numbers; the first of them:",
        count=counted(len(found.failures), "trial"),
    )


def _failures(found: Calibration) -> list[str]:
    return [
        tr("trial {number}: {message}", number=row["trial"], message=row["message"])
        for row in rows_of(found.failures.head(MOST_FAILURES))
    ]


def _limits(found: Calibration) -> str:
    return tr(
        "Fitted numbers are those that make this simulation show the targets, given everything else that it assumes "
        "({count}); they are no estimates for a real place. Other numbers, or another search, may do as well. A test "
        "needs data that chose nothing here.",
        count=counted(int(found.manifest.get("assumed", 0)), "assumed value"),
    )


def _origin(found: Calibration) -> list[str]:
    manifest = found.manifest
    code = manifest.get("code", {})
    settings = " ".join(f"--set {key}={value!r}" for key, value in found.best.items())
    return [
        tr(
            "seed {seed}, {count} a run; {trials}, proposed by a tree-structured Parzen estimator",
            seed=manifest.get("seed"),
            count=counted(found.replications, "replication"),
            trials=counted(len(found.trials), "trial"),
        ),
        tr("the best trial again: `{settings}`", settings=settings),
        f"{tr('code version')} {code.get('version')}, {code.get('content')}",
    ]
