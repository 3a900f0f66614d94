"""V9: rough sizes that field studies report, beside what the shipped scenarios show; reported, never gated."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from sim.validation.case import FOLDER, Case, Check, Setting, of_mean

if TYPE_CHECKING:
    import pandas

    from sim.lab.results.tables import Tables

WINDOW = (33, 40)
ALONE = {"structure.new_cities.interdependence": 0.0, "structure.area_level.interdependence": 0.0}
"""Nobody's work depends on anybody's: help and sabotage are idle."""


def checks(setting: Setting) -> Iterator[Check]:
    """Threat, forced ranking, weak enforcement, tenure, bunching, pay by results.

    Quits under threat are those beyond what the contract itself brings, which comes with forced ranking here.
    """
    civil, ranked = _run(setting, "civil_service"), _run(setting, "forced_ranking")
    alone = [_run(setting, name, **ALONE) for name in ("forced_ranking", "civil_service")]
    yield _band("effort under threat of dismissal, SD (P23)", 0.27, _effect(ranked, civil, "effort"))
    contract = _run(setting, "contract_only")
    quits = 100 * (_yearly(ranked, "resignations") - _yearly(contract, "resignations"))
    yield _band("quits under threat of dismissal, points a year (P23)", 11, quits)
    yield _band("forced ranking without interdependence, output per person, % (P21)", 9, _percent(*alone))
    harmed = _band(
        "forced ranking with it, output per person, % (P21; harm, of no size)", 0, _percent(ranked, civil)
    )
    yield harmed._replace(limit=True)
    weak = _run(setting, "jinan_high_tech")
    yield _band("flagged where enforcement is weak, % a year (P10)", 5, 100 * _yearly(weak, "flagged"))
    removed = _yearly(weak, "dismissals") + _yearly(weak, "demotions") + _yearly(weak, "repostings")
    yield _band("removed where enforcement is weak, % a year (P10)", 0.9, 100 * removed)
    yield _band("civil servants' resignations, % a year (P15)", 0.2, 100 * _yearly(civil, "resignations"))
    full = _run(setting, "four_systems")
    met, missed = _mean(full, "just_met"), _mean(full, "just_missed")
    yield _band("reports just meeting over just missing the target (P34)", 5, met / missed)
    paid = _run(setting, "floating_pay_only")
    yield _band("pay by results, output per person with sorting, % (P33)", 44, _percent(paid, civil))


def _run(setting: Setting, name: str, **changes: float) -> "Tables":
    return setting.run(setting.scenario(name, {"replications": 20, **changes}, FOLDER.parent))


def _band(quantity: str, expected: float, found: "pandas.Series[float]") -> Check:
    return of_mean("V9", quantity, expected, found.replace(np.inf, np.nan), certainty="C")


def _mean(run: "Tables", outcome: str) -> "pandas.Series[float]":
    """Window mean, by replication."""
    from sim.lab.estimates.effects import window_means

    found: pandas.Series[float] = window_means(run.area, [outcome], WINDOW)[outcome]
    return found


def _effect(run: "Tables", base: "Tables", outcome: str) -> "pandas.Series[float]":
    return _mean(run, outcome) - _mean(base, outcome)


def _percent(run: "Tables", base: "Tables") -> "pandas.Series[float]":
    """Output a person, in per cent of the baseline's."""
    return 100 * _effect(run, base, "output_per_person") / _mean(base, "output_per_person")


def _yearly(run: "Tables", flow: str) -> "pandas.Series[float]":
    """A flow a year and person."""
    return _mean(run, flow) / 100


CASE = Case(
    "V9",
    "plausibility bands",
    "field studies, as listed (published sizes, other settings)",
    checks,
    quick=False,
)
