"""Which part of a regime brings its effect: the whole regime shared out over its parts.

A design of coalitions runs the regime with every subset of its parts, the others as under the baseline. The worth of a
subset is what it changes against the point with no part at all, replication by replication. A part's share is its
Shapley value (T5); what two parts do only together (or to one another's loss) is their Shapley interaction index (T6).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.core.arrays import Floats
from sim.core.errors import UserError
from sim.lab.estimates.games import interactions, shapley_values
from sim.lab.estimates.points import check_sizes, least_of, refuse_failures
from sim.lab.estimates.split import long_table
from sim.lab.estimates.testing import chosen_interval, equivalence, holm, p_values, verdict
from sim.lab.estimates.units import with_units
from sim.lab.language.language import speaking
from sim.lab.results.result import Analysis
from sim.lab.results.store import study_in
from sim.lab.results.study import Study

if TYPE_CHECKING:
    import pandas
    from matplotlib.figure import Figure

TOTAL = "total"


@dataclass(frozen=True, eq=False)
class Attribution(Analysis):
    """The effect of a whole regime, part by part.

    Attributes:
        study: what was analysed.
        table: one row an outcome and part (`total` included): `value, low, high, replications, method` of the
            interval, `share` of the total (NaN where the total's sign is uncertain), `relative` to the baseline, `p`
            and `p_holm` (adjusted over the outcomes of the part), `least` effect of interest, `p_equivalence`,
            `verdict`.
        pairs: one row an outcome and pair of parts: `first, second, value, low, high, method, p, p_holm` (adjusted
            over the pairs and outcomes).
        by_replication: one row a replication, outcome and part: `value`; parts add up to the total.
    """

    kind = "attribution"
    study: Study
    table: "pandas.DataFrame"
    pairs: "pandas.DataFrame"
    by_replication: "pandas.DataFrame"

    @property
    def parts(self) -> list[str]:
        """Names of the parts, in the order of the study."""
        return [factor.name for factor in self.study.factors]

    @property
    def scenario(self) -> str:
        """The regime whose parts are switched."""
        return self.study.compared[0]

    def of(self, outcome: str) -> dict[str, Any]:
        """The rows of an outcome by part, the total last."""
        rows = self.table[self.table["outcome"] == outcome].set_index("part")
        return {str(part): row for part, row in rows.iterrows()}

    def interactions(self, lang: str = "en") -> "Figure":
        """What pairs of parts do together."""
        with speaking(lang):
            figure: Figure = self.derived("interactions")
            return figure

    def frames(self) -> dict[str, "pandas.DataFrame"]:
        """Its tables by name."""
        return {"parts": self.table, "pairs": self.pairs}

    def __repr__(self) -> str:
        return f"Attribution({self.study.name!r}, parts={len(self.parts)})"


def attribute(study: Study | str | Path, sesoi: Mapping[str, float] | None = None) -> Attribution:
    """Share the effect of the whole regime out over its parts.

    Args:
        study: a finished study, or the folder it is stored in; of kind coalitions, with every subset of its parts.
        sesoi: smallest effects of interest by outcome, in its unit; what is missing comes from the study's manifest
            (`sesoi`), else it is assumed (`sim.lab.estimates.testing.least_effects`).

    Raises:
        UserError: no study, another design, a point that failed, a subset that is missing, an outcome that was not
            kept.
    """
    import pandas

    study = study_in(study)
    if study.design != "coalitions":
        raise UserError(
            f"study {study.name} is a design of kind {study.design}: attribute reads kind coalitions"
        )
    refuse_failures(study, "sharing an effect out over parts")
    sizes = {**study.manifest.get("sesoi", {}), **(sesoi or {})}
    check_sizes(study, sizes)
    levels, replications = _levels(study)
    worth = levels - levels[0]
    values, together = shapley_values(worth), interactions(worth)
    base = pandas.DataFrame(levels[0], index=replications, columns=study.outcomes)
    least = least_of(study, base, sizes)
    parts = {factor.name: value for factor, value in zip(study.factors, values, strict=True)}
    cells = {**parts, TOTAL: worth[-1]}
    frames = {
        part: pandas.DataFrame(values, index=replications, columns=study.outcomes)
        for part, values in cells.items()
    }
    return Attribution(
        study,
        _part_table(cells, base, least),
        _pair_table(study, together),
        long_table(frames),
    )


def _levels(study: Study) -> "tuple[Floats, pandas.Index[Any]]":
    """Levels of the regime, shape (coalitions by their number, replications, outcomes), and the replications.

    Raises:
        UserError: a subset of the parts has no point.
    """
    parts = [factor.name for factor in study.factors]
    switched = study.settings[parts].to_numpy(dtype=bool)
    numbers = switched @ (1 << np.arange(len(parts)))
    where = dict(zip(numbers.tolist(), study.settings["point"], strict=True))
    missing = [number for number in range(1 << len(parts)) if number not in where]
    if missing:
        named = [part for place, part in enumerate(parts) if missing[0] >> place & 1]
        raise UserError(
            f"study {study.name}: {len(missing)} of {1 << len(parts)} subsets of the parts have no point, such as "
            f"{' + '.join(named) or 'the one with no part'}"
        )
    runs = study.runs[study.runs["scenario"] == study.compared[0]]
    wide = runs.pivot(index="point", columns="replication", values=study.outcomes)
    ordered = wide.reindex([where[number] for number in range(1 << len(parts))])
    replications = ordered.columns.get_level_values(1).unique()
    cells = ordered.to_numpy(dtype=np.float64).reshape(len(ordered), len(study.outcomes), len(replications))
    return cells.transpose(0, 2, 1), replications


def _part_table(
    cells: Mapping[str, Floats], base: "pandas.DataFrame", least: "pandas.Series"
) -> "pandas.DataFrame":
    import pandas

    bounds = least.to_numpy(dtype=np.float64)
    frames = []
    for part, values in cells.items():
        interval, methods = chosen_interval(values)
        tests = {"p": p_values(values), "least": bounds, "p_equivalence": equivalence(values, bounds)}
        keys = {"outcome": list(base.columns), "part": part}
        columns = {**keys, **interval.columns("value"), "method": methods, **tests}
        frames.append(pandas.DataFrame(columns).assign(p_holm=holm(tests["p"])))
    table = pandas.concat(frames, ignore_index=True)
    table["share"] = _shares(table)
    level = base.mean().abs()
    table["relative"] = table["value"] / table["outcome"].map(level.where(level > 1e-9))
    triples = zip(table["low"], table["high"], table["least"], strict=True)
    table["verdict"] = [verdict(low, high, size) for low, high, size in triples]
    return with_units(table)


def _shares(table: "pandas.DataFrame") -> "pandas.Series":
    """Of the total, where its sign is certain."""
    total = table[table["part"] == TOTAL].set_index("outcome")
    certain = total["value"].where((total["low"] > 0) | (total["high"] < 0))
    return table["value"] / table["outcome"].map(certain)


def _pair_table(study: Study, together: Floats) -> "pandas.DataFrame":
    import pandas

    frames = []
    names = [factor.name for factor in study.factors]
    for (first, second), values in zip(combinations(names, 2), together, strict=True):
        interval, methods = chosen_interval(values)
        bounds = {"value": interval.mean, "low": interval.low, "high": interval.high, "method": methods}
        keys = {"outcome": study.outcomes, "first": first, "second": second}
        frames.append(pandas.DataFrame({**keys, **bounds, "p": p_values(values)}))
    table = pandas.concat(frames, ignore_index=True)
    return with_units(table.assign(p_holm=holm(table["p"].to_numpy(dtype=np.float64))))
