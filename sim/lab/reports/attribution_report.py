"""The facts of an attribution: the total, its parts by verdict, the pairs, and the tables of both."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sim.lab.estimates.attribution import TOTAL, Attribution
from sim.lab.estimates.points import key_outcomes
from sim.lab.figures.attribution_figures import (
    about_pairs,
    about_parts,
    interaction_map,
    shapley_bars,
    verdict_label,
)
from sim.lab.language.language import tr
from sim.lab.language.wording import number
from sim.lab.reports.grid import Rows
from sim.lab.reports.template import Facts, Report
from sim.lab.results.study_wording import (
    factor_labels,
    outcome_label,
    outcome_unit,
    points_and_replications,
    sentence_start,
    share_text,
    with_interval,
)

if TYPE_CHECKING:
    import pandas

MOST_PAIRS = 12
SURE = 0.05


def attribution_report(attribution: Attribution) -> Report:
    """The report of an attribution."""
    figures = {"attribution": shapley_bars, "interactions": interaction_map}
    return Report("attribution", attribution_facts(attribution), lambda name: figures[name](attribution))


def attribution_facts(attribution: Attribution) -> Facts:
    """What the report says of the first key outcome, and the tables of all.

    Clear parts have an interval that excludes 0; that of negligible ones lies within the smallest effect of interest.
    """
    study = attribution.study
    key = key_outcomes(study)
    rows, labels = attribution.of(key[0]), factor_labels(study)
    sizes = sorted(rows, key=lambda part: -abs(rows[part]["value"]))

    def with_verdict(verdict: str, parts: Sequence[str]) -> list[str]:
        return [part for part in parts if part != TOTAL and rows[part]["verdict"] == verdict]

    return {
        "scenario": attribution.scenario,
        "label": outcome_label(study, key[0]),
        "unit": outcome_unit(study, key[0]),
        "total": _size(rows[TOTAL]),
        "basis": points_and_replications(study, len(study.settings)),
        "clear": [
            f"{labels[part]} {_size(rows[part], _notes(rows[part]))}" for part in with_verdict("clear", sizes)
        ],
        "negligible": [labels[part] for part in with_verdict("negligible", attribution.parts)],
        "least": number(float(rows[TOTAL]["least"]), 2),
        "undecided": [labels[part] for part in with_verdict("undecided", attribution.parts)],
        "pair": surest_pair(attribution, key[0]),
        "warnings": study.warnings,
        "parts_caption": about_parts(attribution),
        "pairs_caption": about_pairs(attribution),
        "parts": [
            _of(study, name, part_rows(attribution, name)) for name in dict.fromkeys([*key, *study.outcomes])
        ],
        "pairs": [_of(study, name, pair_rows(attribution, name)) for name in key],
    }


def _size(row: Any, notes: Sequence[str] = ()) -> str:
    return with_interval(row["value"], row["low"], row["high"], signs=True, notes=notes)


def _notes(row: Any) -> list[str]:
    """A part's share in the whole, and whether it is clear alone but not among many outcomes."""
    share = tr("{share} of the whole", share=share_text(row["share"])) if row["share"] == row["share"] else ""
    many = tr("not clear once adjusted for the number of outcomes") if row["p_holm"] >= SURE else ""
    return [note for note in (share, many) if note]


def surest_pair(attribution: Attribution, outcome: str) -> dict[str, str] | None:
    """The largest interaction that stands up to the adjustment for many tests; None where none does."""
    rows = _pairs_of(attribution, outcome)
    sure = rows[rows["p_holm"] < SURE]
    if sure.empty:
        return None
    row, labels = sure.iloc[0], factor_labels(attribution.study)
    return {"one": labels[row["first"]], "other": labels[row["second"]], "size": _size(row)}


def _pairs_of(attribution: Attribution, outcome: str) -> "pandas.DataFrame":
    """The pairs of an outcome, the largest interaction first."""
    rows = attribution.pairs[attribution.pairs["outcome"] == outcome]
    return rows.sort_values("value", key=abs, ascending=False, kind="stable")


def part_rows(attribution: Attribution, outcome: str) -> Rows:
    """One row a part and one for the total."""
    labels = {**factor_labels(attribution.study), TOTAL: tr("all parts together")}
    return [
        [
            sentence_start(labels[part]),
            _size(row),
            share_text(row["share"]),
            number(row["p_holm"], 2),
            verdict_label(str(row["verdict"])),
        ]
        for part, row in attribution.of(outcome).items()
    ]


def pair_rows(attribution: Attribution, outcome: str) -> Rows:
    """The pairs with the largest interaction."""
    labels = factor_labels(attribution.study)
    return [
        [labels[row["first"]], labels[row["second"]], _size(row), number(row["p_holm"], 2)]
        for _, row in _pairs_of(attribution, outcome)[:MOST_PAIRS].iterrows()
    ]


def _of(study: Any, outcome: str, rows: Rows) -> Facts:
    return {"label": outcome_label(study, outcome), "unit": outcome_unit(study, outcome), "rows": rows}
