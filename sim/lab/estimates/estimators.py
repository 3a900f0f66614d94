"""What evaluators estimate effects with. Every estimator is a library's (the extra `evaluate`); none is written here.

An estimator gets a panel, or two columns about people, and returns the effect on the treated with its 95 % interval
and its p value against no effect. What a method does not give is NaN.
"""

import logging
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.core.arrays import Floats
from sim.core.errors import UserError
from sim.lab.estimates.intervals import LEVEL
from sim.lab.estimates.panel import Panel

if TYPE_CHECKING:
    import pandas

RESAMPLES = 999
"""Assignments that randomisation inference draws where there are too many to try all."""
SEED = 20220216


class Estimate(NamedTuple):
    """An effect, its 95 % interval, and its p value."""

    value: float
    low: float = np.nan
    high: float = np.nan
    p: float = np.nan


def two_way(panel: Panel) -> Estimate:
    """Difference in differences: effects of place and period, errors clustered by place (pyfixest)."""
    return _row(_fitted("y ~ on | place + period", panel), "on")


def event_study(panel: Panel) -> Estimate:
    """Effects by period since the start, averaged over the places and periods with the reform (pyfixest)."""
    from scipy.stats import t

    fit = _fitted("y ~ i(since, ref=-1) | place + period", panel)
    effects = fit.coef()
    since = np.array([float(name.split("::")[1].rstrip("]")) for name in effects.index])
    periods, counts = np.unique(panel.table().query("on == 1")["since"], return_counts=True)
    weight = np.array([counts[periods == one].sum() for one in since]) / counts.sum()
    value, error = float(weight @ effects), float(np.sqrt(weight @ fit._vcov @ weight))
    free = len(panel.values) - 1
    half = float(t.ppf(0.5 + LEVEL / 2, free)) * error
    return Estimate(value, value - half, value + half, float(2 * t.sf(abs(value) / error, free)))


def two_stage(panel: Panel) -> Estimate:
    """Two-stage difference in differences, which staggered starts do not bias (Gardner 2022; pyfixest's did2s)."""
    did2s = _from("pyfixest", "did2s")
    stages = {"first_stage": "~ 0 | place + period", "second_stage": "~ on"}
    with _quiet():
        return _row(did2s(panel.table(), yname="y", **stages, treatment="on", cluster="place"), "on")


def _fitted(formula: str, panel: Panel) -> Any:
    feols = _from("pyfixest", "feols")
    lean: dict[str, Any] = {"lean": True, "store_data": False, "copy_data": False}
    with _quiet():
        return feols(formula, panel.table(), vcov={"CRV1": "place"}, **lean)


def _from(library: str, name: str) -> Any:
    """What a library has under a name, imported without what it would have every other one log from then on."""
    there = logging.root.handlers[:], logging.root.level
    with _quiet():
        wanted = getattr(import_module(library), name)
    logging.root.handlers[:], logging.root.level = there
    return wanted


@contextmanager
def _quiet() -> Iterator[None]:
    """Without what libraries warn of; what few places mean is told in the report."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _row(fit: Any, name: str) -> Estimate:
    row = fit.tidy().loc[name]
    return Estimate(*(float(row[column]) for column in ("Estimate", "2.5%", "97.5%", "Pr(>|t|)")))


def synthetic_control(panel: Panel) -> Estimate:
    """The treated beside a weighted mean of untreated places, one start after the other (pysyncon).

    The p value ranks the effect over its misfit before the start among those of the untreated places, each taken for
    all the treated ones. There is no interval.
    """
    controls = np.flatnonzero(~panel.treated)
    value, ratio = _synthetic(panel, None, controls)
    others = [
        _synthetic(panel, int(one), controls[controls != one])[1] for one in controls if controls.size > 1
    ]
    p = (1 + sum(other >= ratio for other in others)) / (1 + len(others))
    return Estimate(value, p=p)


def _synthetic(panel: Panel, pretended: int | None, controls: Any) -> tuple[float, float]:
    """Mean effect over places and periods with the reform, and its size over the misfit before.

    Args:
        pretended: the place that is taken for the treated ones; None for these themselves.
    """
    import pandas

    table = pandas.DataFrame(panel.values.T, index=panel.periods)
    parts, weights = [], []
    for start in panel.starts:
        rows = np.flatnonzero(panel.after == start)
        ours = table[list(rows) if pretended is None else [pretended]].mean(axis=1)
        parts.append(_beside(ours.rename("treated"), table[list(controls)], start))
        weights.append(float(rows.size * (panel.periods > start).sum()))
    value, misfit = np.average(np.array(parts), axis=0, weights=weights)
    return float(value), abs(float(value)) / max(float(misfit), np.finfo(float).tiny)


def _beside(ours: "pandas.Series", others: "pandas.DataFrame", start: float) -> tuple[float, float]:
    """Mean gap between a place and its synthetic control after a start, and the root mean square before."""
    before = ours.index <= start
    past, equal = {"X0": others[before], "X1": ours[before]}, np.full(before.sum(), 1 / before.sum())
    synth = _from("pysyncon", "Synth")()
    synth.fit(**past, Z0=others[before], Z1=ours[before], custom_V=equal)
    gap = ours - others.to_numpy() @ synth.weights(round=12).to_numpy()
    return float(gap[~before].mean()), float(np.sqrt((gap[before] ** 2).mean()))


def randomisation(panel: Panel) -> Estimate:
    """Difference of changes, and how often other assignments of the same starts give one as large (SciPy).

    All assignments are tried where there are few. There is no interval.
    """
    from scipy.stats import permutation_test

    changes, weight, labels = _changes(panel)

    def size(chosen: Any, axis: int = -1) -> Any:  # noqa: ARG001
        return np.abs(_difference(changes, weight, np.asarray(chosen)))

    test = permutation_test(
        (labels,),
        size,
        permutation_type="pairings",
        alternative="greater",
        vectorized=True,
        n_resamples=RESAMPLES,
        rng=np.random.default_rng(SEED),
    )
    return Estimate(float(_difference(changes, weight, labels)), p=float(test.pvalue))


def _changes(panel: Panel) -> tuple[Floats, Floats, Any]:
    """Changes at every start, shape (places, starts); periods after each; the start of each place, −1 for none."""
    starts = panel.starts
    late = panel.periods[None, :] > starts[:, None]
    after = (panel.values @ late.T) / late.sum(axis=1)
    before = (panel.values @ ~late.T) / (~late).sum(axis=1)
    labels = np.where(panel.treated, np.searchsorted(starts, panel.after), -1)
    return after - before, late.sum(axis=1).astype(np.float64), labels


def _difference(changes: Floats, weight: Floats, labels: Any) -> Any:
    """Mean change of the treated less that of the untreated at the same start; `labels` of shape (..., places)."""
    never = (labels < 0)[..., None]
    usual = (changes * never).sum(axis=-2) / never.sum(axis=-2)
    at = np.clip(labels, 0, None)
    own = np.take_along_axis(np.broadcast_to(changes, (*labels.shape, weight.size)), at[..., None], axis=-1)[
        ..., 0
    ]
    weights = np.where(labels < 0, 0.0, weight[at])
    return (weights * (own - np.take_along_axis(usual, at, axis=-1))).sum(axis=-1) / weights.sum(axis=-1)


ESTIMATORS: dict[str, Callable[[Panel], Estimate]] = {
    "two_way": two_way,
    "event_study": event_study,
    "two_stage": two_stage,
    "synthetic_control": synthetic_control,
    "randomisation": randomisation,
}
"""By the name that a study file says."""
LIBRARIES = {
    "two_way": "pyfixest",
    "event_study": "pyfixest",
    "two_stage": "pyfixest",
    "synthetic_control": "pysyncon",
    "threshold": "rdrobust",
}
CLUSTERED = ("two_way", "event_study", "two_stage")
"""Those whose interval rests on how many places there are."""


def threshold(outcome: Floats, distance: Floats) -> Estimate:
    """The jump of an outcome where `distance` falls below 0: regression discontinuity (T29; rdrobust).

    The interval and the p value are robust to the bias of the local fit; so is the value, which is corrected for it.
    """
    fit = _from("rdrobust", "rdrobust")(outcome, -distance)
    low, high = (float(one) for one in fit.ci.loc["Robust"])
    return Estimate(
        float(fit.coef.loc["Bias-Corrected"].iloc[0]), low, high, float(fit.pv.loc["Robust"].iloc[0])
    )


def refuse_missing(names: Sequence[str]) -> None:
    """Make sure that what the estimators need is installed.

    Raises:
        UserError: the extra is not, with the command that installs it.
    """
    wanted = dict.fromkeys(LIBRARIES[name] for name in names if name in LIBRARIES)
    missing = [name for name in wanted if find_spec(name) is None]
    if missing:
        raise UserError(
            f"an evaluation needs {', '.join(missing)}: pip install 'four-fixes-four-systems[evaluate]'"
        )
