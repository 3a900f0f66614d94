"""V6: the effort of equals of whom only the second strike in a row costs anything."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from scipy import optimize, stats

from sim.validation.case import Case, Check, Setting
from sim.validation.tournaments import sigma

if TYPE_CHECKING:
    import pandas

    from sim.scenario.schema import Scenario

LEARNT = 4
"""Quarters after which strikes and efforts have settled."""
TOLERANCE = 0.02
"""Relative difference allowed."""
WIDER = "whoever was hit thinks a little less of themselves afterwards, and so works a little harder"
CELLS = [(loss, share, 0.95) for share in (0.05, 0.1, 0.15, 0.2) for loss in (1.0, 2.0, 3.0, 4.0)]
CELLS += [(2.0, 0.3, 0.95), (1.0, 0.1, 0.5)]
"""Loss, share that is flagged, discount."""


class Play(NamedTuple):
    """Symmetric play: effort without a strike, with one, and on average, in SD of the noise."""

    clean: float
    struck: float
    mean: float


def checks(setting: Setting) -> Iterator[Check]:
    """Both efforts and their mean in every cell, and what the same loss does at the first strike."""
    for loss, share, discount in CELLS:
        label = f"loss {loss:g}, lowest {100 * share:g} %, discount {discount:g}"
        scenario = _scenario(setting, loss, share, discount)
        truth, found = _truth(scenario), _played(setting, scenario)
        for name, expected, obtained in zip(Play._fields, truth, found, strict=True):
            yield _check(f"effort, {name}, {label}", expected, obtained)
    scenario = _scenario(setting, 1.0, 0.1, 0.95, **{"regime.adjustment.triggers.lowest.in_a_row": 1})
    expected = _stake(scenario) * float(stats.norm.pdf(stats.norm.ppf(_share(scenario))))
    yield _check(
        "effort, the first strike costs as much, lowest 10 %", expected, _played(setting, scenario).mean
    )


def mean_effort(setting: Setting, loss: float, share: float, foresight: str) -> tuple[float, float]:
    """(exact, played) mean effort in a cell with a discount of .95, where people look ahead in this way."""
    scenario = _scenario(setting, loss, share, 0.95, **{"behaviour.effort.foresight": foresight})
    return _truth(scenario).mean, _played(setting, scenario).mean


def _check(quantity: str, expected: float, obtained: float) -> Check:
    return Check("V6", quantity, expected, obtained, 0.0, TOLERANCE * expected, "A", because=WIDER)


def _scenario(setting: Setting, loss: float, share: float, discount: float, **more: object) -> "Scenario":
    """A cell, its cost of effort such that c·σ² is 1."""
    plain = setting.scenario("v6_two_strikes")
    cell = {
        "behaviour.effort.cost": 1 / sigma(plain) ** 2,
        "behaviour.stakes.reposting": loss,
        "behaviour.stakes.discount": discount,
        "regime.adjustment.triggers.lowest.share": share,
    }
    return setting.scenario("v6_two_strikes", {**cell, **more})


def _share(scenario: "Scenario") -> float:
    return float(scenario.regime.adjustment.listed["lowest"].share)  # type: ignore[attr-defined]


def _stake(scenario: "Scenario") -> float:
    """L/(c·σ²)."""
    behaviour = scenario.behaviour
    loss = behaviour.stakes.reposting + behaviour.stakes.status
    return loss / behaviour.effort.cost / sigma(scenario) ** 2


def _truth(scenario: "Scenario") -> Play:
    return two_strikes(_stake(scenario), _share(scenario), scenario.behaviour.stakes.discount)


def two_strikes(stake: float, share: float, discount: float) -> Play:
    """Symmetric play where c = σ = 1: nobody gains by other effort, and the standard flags just `share` of all.

    D = V0 − V1 = [(e1² − e0²)/2 + p1·L]/(1 + δ·p0); e0 = δ·D·f(τ − e0); e1 = L·f(τ − e1); the share with a strike is
    p0/(1 + p0).
    """

    def struck_share(clean: float, cut: float) -> float:
        p0 = stats.norm.cdf(cut - clean)
        return float(p0 / (1 + p0))

    def off(guess: Any) -> Any:
        clean, struck, cut = guess
        p0, p1 = stats.norm.cdf(cut - clean), stats.norm.cdf(cut - struck)
        gap = ((struck**2 - clean**2) / 2 + p1 * stake) / (1 + discount * p0)
        with_strike = struck_share(clean, cut)
        return [
            clean - discount * gap * stats.norm.pdf(cut - clean),
            struck - stake * stats.norm.pdf(cut - struck),
            (1 - with_strike) * p0 + with_strike * p1 - share,
        ]

    found = optimize.root(off, [0.0, 0.1, float(stats.norm.ppf(share))], tol=1e-12)
    clean, struck, cut = found.x
    part = struck_share(clean, cut)
    return Play(float(clean), float(struck), float((1 - part) * clean + part * struck))


def _played(setting: Setting, scenario: "Scenario") -> Play:
    """What people do once they have learnt what their rivals do, by whether they begin the year with a strike."""
    worked = setting.panel(scenario).query("quarter > 0")
    effort = worked.pivot_table(index=["replication", "person"], columns="quarter", values="effort")
    place = worked.pivot_table(index=["replication", "person"], columns="quarter", values="rank_share")
    struck = _strikes_before(place < _share(scenario))
    settled = [quarter for quarter in effort.columns if int(quarter) > LEARNT]
    efforts, strikes = effort[settled].to_numpy() / sigma(scenario), struck[settled].to_numpy()
    return Play(float(efforts[~strikes].mean()), float(efforts[strikes].mean()), float(efforts.mean()))


def _strikes_before(hit: "pandas.DataFrame") -> "pandas.DataFrame":
    """Who began each quarter (columns) with a strike: hit the quarter before, and not for the second time running."""
    struck = hit.copy()
    before = hit.iloc[:, 0] & False
    for quarter in hit.columns:
        struck[quarter] = before
        before = hit[quarter] & ~before
    return struck


CASE = Case("V6", "two strikes", "dynamic programming of a two-state contest", checks)
