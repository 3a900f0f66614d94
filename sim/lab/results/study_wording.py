"""What every account of a study says alike: labels of factors and outcomes, what it rests on, what it cannot say."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from sim.lab.language.language import tr
from sim.lab.results.study import Study
from sim.lab.language.wording import counted, label_of, number, plain, together, unit_of

SPACE_FILLING = ("latin_hypercube", "sobol", "morris")
"""Designs whose points stand for the whole of the assumed ranges."""


class WithManifest(Protocol):
    """A result that says in its manifest what its outcomes are."""

    @property
    def manifest(self) -> Mapping[str, Any]:
        """How it came about."""


def factor_labels(study: Study) -> dict[str, str]:
    """Factors by the shortest end of their key that no other has, of two words at least: `effort · cost`."""
    names = [factor.name for factor in study.factors]
    return {name: plain(_shortest(name, names)).replace(".", " · ") for name in names}


def _shortest(name: str, names: Sequence[str]) -> str:
    parts = name.split(".")
    for length in range(min(2, len(parts)), len(parts) + 1):
        end = ".".join(parts[-length:])
        if sum(f".{other}".endswith(f".{end}") for other in names) == 1:
            return end
    return name


def outcome_label(result: WithManifest, outcome: str) -> str:
    """The outcome in words."""
    return label_of(result.manifest.get("outcomes", {}).get(outcome, {}), outcome)


def outcome_unit(result: WithManifest, outcome: str) -> str:
    """The outcome's unit."""
    return unit_of(result.manifest.get("outcomes", {}).get(outcome, {}))


def analysed(study: Study, scenario: str, outcome: str) -> str:
    """What a point's value is: an effect, or a level where nothing is compared."""
    label = outcome_label(study, outcome)
    if study.baseline is None:
        return tr("{label} under {a}", label=label, a=plain(scenario))
    return tr("the effect of {a} on {label}", label=label, a=plain(scenario))


def moved(study: Study, scenario: str) -> str:
    """The same for captions, of any outcome."""
    if study.baseline is None:
        return tr("the level under {a}", a=plain(scenario))
    return tr("the effect of {a}", a=plain(scenario))


def points_and_replications(study: Study, points: int) -> str:
    """`200 points, 20 replications each`; `10–40 replications` where they are sequential."""
    each = study.runs.groupby(["point", "scenario"]).size()
    fewest, most = (int(each.min()), int(each.max())) if len(each) else (0, 0)
    count = counted(most, "replication") if fewest == most else f"{fewest}–{counted(most, 'replication')}"
    return tr("{points}, {count} each", points=counted(points, "point"), count=count)


def study_basis(study: Study, points: int) -> str:
    """What a caption says of points, replications and baseline."""
    size = points_and_replications(study, points)
    rests = tr("assumed parameters") if study.design == "coalitions" else tr("assumed ranges")
    if study.baseline is None or study.design == "coalitions":
        return tr("{size} under common random numbers; simulated, {rests}", size=size, rests=rests)
    return tr(
        "{size} under common random numbers, baseline {b}; simulated, {rests}",
        size=size,
        b=plain(study.baseline),
        rests=rests,
    )


def nothing_real() -> str:
    """What no study of assumed ranges can say."""
    return tr(
        "The ranges are assumed: this describes the simulation over them, and nothing here is a finding about the "
        "real place or about what causes what there."
    )


def with_interval(
    value: float, low: float, high: float, signs: bool = False, notes: Sequence[str] = ()
) -> str:
    """`0.44 (0.41 to 0.47)`, without an interval `0.44`; `notes` are put behind the interval."""
    shown = together(value, low, high, digits=2)
    first, second, third = shown if signs else [one.lstrip("+") for one in shown]
    interval = [] if "n/a" in (second, third) else [tr("{low} to {high}", low=second, high=third)]
    if not interval and not notes:
        return first
    if not notes:
        return tr("{value} ({low} to {high})", value=first, low=second, high=third)
    inside = tr("; ").join([*interval, *notes])
    return tr("{value} ({told})", value=first, told=inside)


def share_text(share: float) -> str:
    """`45 %`, without a sign; `n/a` for a missing one."""
    return f"{number(share * 100, 2)} %" if share == share else "n/a"


def sentence_start(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]
