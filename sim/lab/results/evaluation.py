"""Would an evaluation have found out: pilots, what their evaluators estimate, and what is true."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.lab.results.manifest import EvaluationManifest
from sim.lab.results.result import Drawn, Result

if TYPE_CHECKING:
    import pandas

BETWEEN = "|"
TRUTH, BESIDE = "truth", "beside"
NUMBERS = ("value", "low", "high", "p")
"""Of an estimate."""


def column(outcome: str, length: int, what: str, number: str = "") -> str:
    """The name of a column of shards: of an outcome over a length, the truth or a number of an estimator."""
    return BETWEEN.join(filter(None, (outcome, str(length), what, number)))


@dataclass(frozen=True, eq=False)
class Evaluation(Result, Drawn):
    """Pilots of a reform in some places, and what evaluators would have concluded.

    A pilot is one replication: one draw of luck, simulated with and without the reform in the places drawn for it.

    Attributes:
        findings: one row a scenario, number of treated places, length, outcome and estimator: `scenario, places,
            treated, quarters` (seen after the first start), `outcome, unit, seen` (reported or true), `estimator,
            pilots, truth, beside` (the effect in the untreated places), `estimate` and `bias` with `_low` and
            `_high`, `spread`; shares of the pilots with `_low` and `_high`: `coverage, power, right_sign, wrong`.
        pilots: one row a pilot, length, outcome and estimator: `scenario, treated, replication, quarters, outcome,
            estimator, value, low, high, p, truth, beside, judged` (the truth of the outcome that the reform is for).
        failures: one row a failure: `point, scenario, replication, stage, error, traceback`.
    """

    kind = "evaluation"
    FRAMES = ("findings", "pilots", "failures")
    findings: "pandas.DataFrame"
    pilots: "pandas.DataFrame"
    failures: "pandas.DataFrame"
    manifest: EvaluationManifest
    folder: Path | None = None
    reused: bool = False

    @property
    def question(self) -> str:
        """What is asked."""
        return str(self.manifest["question"])

    @property
    def judge(self) -> str:
        """The outcome that the reform is for."""
        return str(self.manifest["evaluation"]["data"]["judge"])

    @property
    def seen(self) -> dict[str, Any]:
        """What the evaluator sees, as the file says."""
        return dict(self.manifest["evaluation"]["data"])

    def __repr__(self) -> str:
        return f"Evaluation({self.name!r}, rows={len(self.findings)}, folder={str(self.folder)!r})"
