"""The tables of groups of people in the reports of a run and of a comparison."""

import math
from collections.abc import Mapping
from typing import Any

from sim.lab.language.language import tr
from sim.lab.language.wording import number, plain, signed, span
from sim.lab.reports.grid import Grid
from sim.lab.results.digest import Digest

RANK = "rank_"


def group_grid(digest: Digest, leading: str) -> Grid | None:
    """Groups side by side under the leading scenario, beside the baseline if there is one; None without groups."""
    if digest.groups is None:
        return None
    rows = digest.groups.to_dict("records")
    base = {_key(row): row["value"] for row in rows if row["scenario"] == digest.baseline}
    shown = [row for row in rows if row["scenario"] == leading and not math.isnan(row["value"])]
    header = [tr("what"), tr("group"), tr("unit"), plain(leading), tr("95 % interval")]
    if base:
        header += [tr("baseline"), tr("difference"), tr("95 % interval")]
    return Grid(header, [_row(row, base) for row in shown], texts=3) if shown else None


def _key(row: Mapping[Any, Any]) -> tuple[str, str]:
    return row["measure"], row["group"]


def _row(row: Mapping[Any, Any], base: Mapping[tuple[str, str], float]) -> list[str]:
    """A measure of a group; beside the baseline, where it has the same groups."""
    cells = [measure_name(row["measure"]), plain(row["group"]), tr(row["unit"]), number(row["value"])]
    cells.append(span(row["low"], row["high"], signs=False))
    if not base:
        return cells
    if math.isnan(row["difference"]):
        return [*cells, "", "", ""]
    interval = span(row["difference_low"], row["difference_high"])
    return [*cells, number(base[_key(row)]), signed(row["difference"]), interval]


def measure_name(measure: str) -> str:
    """What a measure of groups is called."""
    if measure.startswith(RANK):
        return tr("of the people on rank {rank}", rank=measure.removeprefix(RANK))
    return {
        "people": tr("of the people employed"),
        "promoted": tr("promotions"),
        "flagged": tr("flags"),
        "impact_promoted": tr("impact ratio of promotions"),
        "impact_flagged": tr("impact ratio of flags"),
    }[measure]
