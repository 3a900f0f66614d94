"""The report of a comparison or of a single run: the answer first, then what it rests on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from sim.lab.estimates.digest import digest_of
from sim.lab.estimates.in_force import differing_quarters, stretches, window_told
from sim.lab.language.changed import in_title, shown
from sim.lab.language.language import joined, tr
from sim.lab.language.wording import label_of, listed, plain, unit_of, window_name
from sim.lab.reports.answer import (
    answer,
    baseline_sentence,
    first_paragraph,
    focus,
    last_regime,
    parts_changed,
)
from sim.lab.reports.definitions import definitions
from sim.lab.reports.grid import Grid, Rows
from sim.lab.reports.grids import (
    assumption_grid,
    effect_grid,
    flow_grid,
    level_grid,
    meaning_grid,
    origin_lines,
    pair_grid,
    sources_line,
)
from sim.lab.reports.template import Report
from sim.lab.results.digest import Digest

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from sim.lab.results.comparison import Comparison as Compared
    from sim.lab.results.tables import Tables


@dataclass(frozen=True)
class Regime:
    """A scenario's name, its question ("" if it has none) and the answer."""

    name: str
    question: str
    answer: str


@dataclass(frozen=True)
class Partly:
    """A scenario, and the quarters of the window in which it differs from the baseline."""

    name: str
    quarters: str


@dataclass(frozen=True)
class Result:
    """What the reports of a run and of a comparison share.

    Attributes:
        leading: the scenario whose question the report answers.
        baseline: its name, or None for a single run.
        changed: what was changed from the files, for the title; "" if nothing was.
        warnings: what a reader must know before using the numbers.
        replications: of every scenario.
        window: over which quarters means are taken, and why.
        partly: regimes that differ from the baseline in some of these quarters only.
        units: what the units of the main table mean.
        meanings: what the outcomes are.
        flows: flows of people under every scenario.
        assumed: parameters that have no source.
        sources: how many values rest on which kind of source.
        origin: how the result was made.
    """

    leading: Regime
    baseline: str | None
    changed: str
    warnings: Sequence[str]
    replications: int
    window: str
    partly: Sequence[Partly]
    units: Sequence[str]
    meanings: Grid
    flows: Grid
    assumed: Grid
    sources: str
    origin: Sequence[str]


@dataclass(frozen=True)
class Run(Result):
    """The view of a single run.

    Attributes:
        levels: means over the window.
    """

    levels: Grid


@dataclass(frozen=True)
class Delivered:
    """Label and unit of the outcome in which regimes are compared with each other."""

    label: str
    unit: str


@dataclass(frozen=True)
class Comparison(Result):
    """The view of a comparison.

    Attributes:
        regimes: which parts every regime changes.
        reforms: quarters after which a regime changes.
        why_baseline: why the baseline is what it is.
        quarters: the window's name.
        others: the scenarios that neither lead nor are the baseline.
        effects: of the leading scenario.
        other_effects: of the others.
        delivered: the outcome of `pairs`.
        pairs: every regime against every other; None where fewer than two are compared with the baseline.
    """

    regimes: Rows
    reforms: Sequence[str]
    why_baseline: str
    quarters: str
    others: Sequence[Regime]
    effects: Grid
    other_effects: Sequence[Grid]
    delivered: Delivered | None
    pairs: Grid | None


def run_report(run: "Tables") -> Report:
    """The report of a run."""
    return report(digest_of(run), run.warnings)


def comparison_report(compared: "Compared") -> Report:
    """The report of a comparison."""
    return report(compared.digest, compared.warnings)


def report(digest: Digest, warnings: Sequence[str] = ()) -> Report:
    """The report of a digest.

    Args:
        digest: of a comparison, or of a single run.
        warnings: shown before anything that they concern.
    """
    figure = partial(_figure, digest)
    if digest.baseline is None:
        levels = level_grid(digest)
        return Report("run", Run(**_shared(digest, levels, warnings), levels=levels), figure)
    return Report("comparison", _comparison(digest, warnings), figure)


def _shared(digest: Digest, main: Grid, warnings: Sequence[str]) -> dict[str, Any]:
    """The fields of `Result`, by name; `main` is the table whose units are told."""
    leading = focus(digest)
    return {
        "leading": Regime(leading, _question(digest, leading), first_paragraph(digest, leading)),
        "baseline": digest.baseline,
        "changed": in_title(digest.manifests),
        "warnings": warnings,
        "replications": digest.replications,
        "window": window_told(
            digest.window, *(one["scenario"] for one in (digest.first, *digest.manifests.values()))
        ),
        "partly": _partly(digest),
        "units": definitions(main),
        "meanings": meaning_grid(digest),
        "flows": flow_grid(digest),
        "assumed": assumption_grid(digest),
        "sources": sources_line(digest),
        "origin": origin_lines(digest),
    }


def _comparison(digest: Digest, warnings: Sequence[str]) -> Comparison:
    leading = focus(digest)
    others = [name for name in digest.scenarios if name not in (digest.baseline, leading)]
    effects = effect_grid(digest, leading)
    compared = bool(others) and not digest.pairs.empty
    return Comparison(
        **_shared(digest, effects, warnings),
        regimes=_regimes(digest),
        reforms=[tr("quarter {quarter}", quarter=quarter) for quarter in digest.reforms],
        why_baseline=baseline_sentence(digest),
        quarters=window_name(digest.first, digest.window),
        others=[Regime(name, _question(digest, name), joined(answer(digest, name))) for name in others],
        effects=effects,
        other_effects=[
            effect_grid(digest, name, folded=tr("All effects of {name}", name=plain(name))) for name in others
        ],
        delivered=_delivered(digest) if compared else None,
        pairs=pair_grid(digest) if compared else None,
    )


def _question(digest: Digest, scenario: str) -> str:
    return tr(str(digest.manifests[scenario].get("question") or ""))


def _delivered(digest: Digest) -> Delivered:
    outcome = str(digest.pairs["outcome"].iloc[0])
    term = digest.outcomes.get(outcome, {})
    return Delivered(label_of(term, outcome), unit_of(term))


def _regimes(digest: Digest) -> Rows:
    """Which of the eight parts each regime changes, and its question."""
    rows = []
    for name, manifest in digest.manifests.items():
        regime, base = last_regime(digest, name), last_regime(digest, str(digest.baseline))
        kinds = [_part(slot, regime[slot], base[slot]) for slot in parts_changed(digest, name)]
        changed = tr("the baseline") if name == digest.baseline else listed(kinds) if kinds else tr("nothing")
        rows.append([plain(name), changed, tr(str(manifest.get("question", "")))])
    return rows


def _part(slot: str, rule: Mapping[str, Any], base: Mapping[str, Any]) -> str:
    """`floating pay: three part`; where the kind is the baseline's, the settings that differ."""
    own = [name for name in rule if rule[name] != base.get(name)]
    if rule.get("kind") != base.get("kind") or not own:
        return f"{plain(slot)}: {plain(str(rule.get('kind')))}"
    settings = [f"`{name} {shown(base.get(name))} → {shown(rule[name])}`" for name in own]
    return f"{plain(slot)}: {', '.join(settings)}"


def _partly(digest: Digest) -> list[Partly]:
    """The regimes that differ from the baseline in some quarters of the window only."""
    first, last = digest.window
    base = digest.first["scenario"]
    quarters = {
        name: differing_quarters(manifest["scenario"], base, first, last)
        for name, manifest in digest.manifests.items()
    }
    return [
        Partly(name, stretches(differing))
        for name, differing in quarters.items()
        if differing and len(differing) < last - first + 1
    ]


def _figure(digest: Digest, name: str) -> "Figure":
    """A figure of `sim.lab.figures` by the name it has in the template; matplotlib is loaded only now."""
    from sim.lab.figures import figures
    from sim.lab.figures.overview import overview

    drawn = {"comparison": overview, "effects": figures.effects_by_outcome}
    return (drawn.get(name) or getattr(figures, name))(digest)
