"""The effect of a whole regime shared out over its parts: see `sim.lab.estimates.attribution`."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.lab.language.language import speaking
from sim.lab.results.result import Analysis
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
            found: Figure = self.derived("interactions")
            return found

    def frames(self) -> dict[str, "pandas.DataFrame"]:
        """Its tables by name."""
        return {"parts": self.table, "pairs": self.pairs}

    def __repr__(self) -> str:
        return f"Attribution({self.study.name!r}, parts={len(self.parts)})"
