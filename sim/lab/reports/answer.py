"""The answer to a scenario's question: the facts that `answer.md.j2` and `levels.md.j2` make sentences of."""

import math
from dataclasses import dataclass
from typing import Any

from sim.lab.estimates.digest import delivered
from sim.lab.estimates.in_force import Resolved, changed_slots, in_force, no_headline
from sim.lab.language.changed import changed_sentence
from sim.lab.language.language import joined, tr
from sim.lab.language.wording import (
    PERCENT_UNITS,
    holds_zero,
    includes_zero,
    label_of,
    never_moves,
    number,
    percent,
    signed,
    span,
    unit_of,
    window_name,
    with_unit,
)
from sim.lab.reports.environment import sentences
from sim.lab.reports.template import Facts
from sim.lab.results.digest import Digest
from sim.outcomes.outcomes import shown_in


@dataclass(frozen=True)
class Effect:
    """A difference to the baseline, in words that its interval allows.

    Attributes:
        label: of the outcome.
        unit: of the outcome.
        size: the difference, with its sign.
        span: the interval.
        sign: `up`, `down`, `uncertain`, `unknown` without an interval, `unchanged` where no replication differs.
        share: the difference in per cent of the baseline, without its sign; "" where per cent mean nothing.
    """

    label: str
    unit: str
    size: str
    span: str
    sign: str
    share: str

    @property
    def text(self) -> str:
        """`−0.048 mean output, 95 % interval −0.051 to −0.045`."""
        return tr("{size}, 95 % interval {span}", size=f"{self.size} {self.unit}".rstrip(), span=self.span)

    @property
    def sure(self) -> str:
        """The interval, and what it leaves open."""
        if self.sign == "unchanged":
            return tr("no change in any replication")
        return self.span + (f"{tr(': ')}{self.why}" if self.sign == "uncertain" else "")

    @property
    def why(self) -> str:
        """Why nothing can be said of the direction; "" where something can."""
        return {"uncertain": includes_zero(), "unknown": tr("no interval")}.get(self.sign, "")


def answer(digest: Digest, scenario: str) -> list[str]:
    """Sentences on a scenario: against the baseline, or on its own where there is none."""
    if digest.baseline is None:
        return sentences("levels", _levels(digest, scenario)).splitlines()
    refused = no_headline(*_pair(digest, scenario), digest.window) or _nothing_moves(digest, scenario)
    return [refused] if refused else sentences("answer", _answer(digest, scenario)).splitlines()


def first_paragraph(digest: Digest, leading: str) -> str:
    """The answer, and what was changed from the files: without it the answer would be taken for the files'."""
    said = [*answer(digest, leading), changed_sentence(digest.manifests)]
    return joined([sentence for sentence in said if sentence])


def question_of(digest: Digest, scenario: str) -> str:
    """The question of a scenario; "" if it has none."""
    return tr(str(digest.manifests[scenario].get("question") or ""))


def baseline_sentence(digest: Digest) -> str:
    """Which scenario the others are compared with, and why this one."""
    return sentences("baseline", {"baseline": digest.baseline, "why": digest.baseline_why})


def effect_of(digest: Digest, outcome: str | None, scenario: str) -> Effect | None:
    """The effect of a scenario on an outcome; None if it is not known."""
    row = digest.effect(outcome or "", scenario)
    if outcome is None or row is None:
        return None
    term = digest.outcomes.get(outcome, {})
    counts = str(term.get("unit", "")) in PERCENT_UNITS
    return Effect(
        label=label_of(term, outcome),
        unit=unit_of(term),
        size=signed(row["difference"]),
        span=span(row["low"], row["high"]),
        sign=_sign(row),
        share=percent(abs(row["relative"])).lstrip("+") if counts else "",
    )


def _sign(row: Any) -> str:
    """What the interval allows to be said of the direction."""
    if never_moves(row["difference"], row["low"], row["high"]):
        return "unchanged"
    if not math.isfinite(row["low"]):
        return "unknown"
    if holds_zero(row["low"], row["high"]):
        return "uncertain"
    return "up" if row["difference"] > 0 else "down"


def _answer(digest: Digest, scenario: str) -> Facts:
    """What is said of a scenario against the baseline; an effect that is not known is None.

    Costs are what it costs in people, each as words with its interval; `kept` is the share of the quarters in which
    users are served no worse, "" where that is not known.
    """
    outcome = delivered(dict.fromkeys(digest.effects["outcome"]))
    row = digest.effect(outcome or "", scenario)
    costs = [effect_of(digest, name, scenario) for name in shown_in("cost", digest.effects["outcome"])]
    quality = effect_of(digest, "service_quality", scenario)
    kept = digest.level("experience_kept", scenario) if quality else None
    return {
        "a": scenario,
        "b": digest.baseline,
        "window": window_name(digest.first, digest.window),
        "replications": 0 if row is None else int(row["replications"]),
        "delivered": effect_of(digest, outcome, scenario),
        "score": effect_of(digest, "reported_score", scenario),
        "truth": effect_of(digest, "true_contribution", scenario),
        "gap": effect_of(digest, "reporting_gap", scenario),
        "costs": [with_unit(f"{one.label} {one.size} {one.unit}".rstrip(), one.sure) for one in costs if one],
        "quality": quality,
        "kept": f"{100 * kept['mean']:.0f} %" if kept and math.isfinite(kept["mean"]) else "",
    }


def _levels(digest: Digest, scenario: str) -> Facts:
    """What is said of a single run: means, each as words with its interval."""
    levels = []
    for outcome in shown_in("overview", digest.levels["outcome"]):
        row = digest.level(outcome, scenario)
        if row is not None:
            term = digest.outcomes.get(outcome, {})
            size = f"{label_of(term, outcome)} {number(row['mean'])} {unit_of(term)}".rstrip()
            levels.append(with_unit(size, span(row["low"], row["high"], signs=False)))
    window = window_name(digest.first, digest.window)
    return {"a": scenario, "window": window, "replications": digest.replications, "levels": levels}


def _pair(digest: Digest, scenario: str) -> tuple[Resolved, Resolved]:
    """A scenario and the baseline, written out."""
    return digest.manifests[scenario]["scenario"], digest.first["scenario"]


def _nothing_moves(digest: Digest, scenario: str) -> str:
    """That outcomes are all the same in every replication, if they are, although something differs."""
    effects = digest.effects[digest.effects["scenario"] == scenario]
    if len(effects) == 1 or effects[["difference", "low", "high"]].fillna(0.0).to_numpy().any():
        return ""
    return tr(
        "**Nothing differs** in the results: over {window} every outcome compared is the same under `{a}` and `{b}` "
        "in every replication, although their settings differ.",
        window=window_name(digest.first, digest.window),
        a=scenario,
        b=digest.baseline,
    )


def focus(digest: Digest) -> str:
    """The scenario whose question leads the report: the one that changes most of the regime's eight parts.

    Of several that change as many, the first; a lottery, being a control, never leads before what it controls.
    """
    others = [name for name in digest.scenarios if name != digest.baseline]
    if digest.baseline is None or not others:
        return digest.scenarios[0]
    return max(others, key=lambda name: (len(parts_changed(digest, name)), not _is_lottery(digest, name)))


def parts_changed(digest: Digest, scenario: str) -> list[str]:
    """Parts of the regime that differ from the baseline's at some time of the window."""
    return changed_slots(*_pair(digest, scenario), digest.window)


def last_regime(digest: Digest, scenario: str) -> dict[str, Any]:
    """The regime in force in the last quarter of the window, slot by slot."""
    regime: dict[str, Any] = in_force(digest.manifests[scenario]["scenario"], digest.window[1])["regime"]
    return regime


def _is_lottery(digest: Digest, scenario: str) -> bool:
    """Whether flags are drawn by lot: a control, not a policy anybody proposes."""
    return bool(last_regime(digest, scenario).get("adjustment", {}).get("selection") == "lottery")
