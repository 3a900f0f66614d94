"""The answer to a scenario's question, in four sentences made of numbers.

First what is truly delivered, then whether reports rise more than the truth, then what it costs in people, last whether
users are served as well as before. The same four for every regime, so that no regime is told in its own favour.
"""

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.lab.estimates.digest import delivered
from sim.lab.estimates.in_force import Resolved, changed_slots, in_force, no_headline
from sim.lab.language.changed import changed_sentence
from sim.lab.language.language import tr
from sim.lab.language.wording import (
    PERCENT_UNITS,
    counted,
    holds_zero,
    includes_zero,
    label_of,
    listed,
    never_moves,
    number,
    percent,
    signed,
    span,
    unit_of,
    window_name,
)
from sim.lab.results.digest import Digest
from sim.outcomes.outcomes import shown_in

if TYPE_CHECKING:
    import pandas


def answer(digest: Digest, scenario: str) -> list[str]:
    """Four sentences on a scenario: against the baseline, or on its own where there is none."""
    if digest.baseline is None:
        return _alone(digest, scenario)
    refused = no_headline(*_pair(digest, scenario), digest.window) or _nothing_moves(digest, scenario)
    if refused:
        return [refused]
    found = [_delivered(digest, scenario), _reported(digest, scenario), _human_cost(digest, scenario)]
    found.append(_experience(digest, scenario))
    return [sentence for sentence in found if sentence]


def first_paragraph(digest: Digest, leading: str) -> str:
    """The answer, and what was changed from the files: without it the answer would be taken for the files'."""
    sentences = [*answer(digest, leading), changed_sentence(digest.manifests)]
    return " ".join(sentence for sentence in sentences if sentence)


def baseline_sentence(digest: Digest) -> str:
    """Which scenario the others are compared with, and why this one."""
    name = f"`{digest.baseline}`"
    return {
        "extended": tr("The baseline is {b}, which the others extend.", b=name),
        "first": tr(
            "The baseline is {b}, the first named: no scenario is extended by all the others.", b=name
        ),
    }.get(digest.baseline_why, tr("The baseline is {b}, as asked for.", b=name))


def _pair(digest: Digest, scenario: str) -> tuple[Resolved, Resolved]:
    """A scenario and the baseline, written out."""
    return digest.manifests[scenario]["scenario"], digest.first["scenario"]


def _nothing_moves(digest: Digest, scenario: str) -> str:
    """That outcomes are all the same in every replication, if they are, although something differs."""
    found = digest.effects[digest.effects["scenario"] == scenario]
    if len(found) == 1 or found[["difference", "low", "high"]].fillna(0.0).to_numpy().any():
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
    found: dict[str, Any] = in_force(digest.manifests[scenario]["scenario"], digest.window[1])["regime"]
    return found


def _is_lottery(digest: Digest, scenario: str) -> bool:
    """Whether flags are drawn by lot: a control, not a policy anybody proposes."""
    return bool(last_regime(digest, scenario).get("adjustment", {}).get("selection") == "lottery")


def row_of(frame: "pandas.DataFrame", outcome: str, scenario: str) -> Any:
    """The one row of an outcome and scenario, or None."""
    found = np.flatnonzero(
        (frame["outcome"].to_numpy(object) == outcome) & (frame["scenario"].to_numpy(object) == scenario)
    )
    return frame.iloc[found[0]] if found.size else None


def effect_text(row: Any, unit: str) -> str:
    """`−0.048 mean output, 95 % interval −0.051 to −0.045`."""
    size = f"{signed(row['difference'])} {unit}".rstrip()
    return tr("{size}, 95 % interval {span}", size=size, span=span(row["low"], row["high"]))


def _delivered(digest: Digest, scenario: str) -> str:
    outcome = delivered(dict.fromkeys(digest.effects["outcome"]))
    if outcome is None:
        return ""
    row = row_of(digest.effects, outcome, scenario)
    term = digest.outcomes.get(outcome, {})
    return tr(
        "**In this simulation {moves}** ({effect}; {window}, {count}).",
        moves=_moves(row, term, outcome, scenario, str(digest.baseline)),
        effect=effect_text(row, unit_of(term)),
        window=window_name(digest.first, digest.window),
        count=counted(int(row["replications"]), "paired replication"),
    )


def _moves(row: Any, term: dict[str, Any], outcome: str, scenario: str, baseline: str) -> str:
    """What the regime does to an outcome, in words that the interval allows."""
    who = {"a": scenario, "b": baseline, "label": label_of(term, outcome)}
    if never_moves(row["difference"], row["low"], row["high"]):
        return tr("`{a}` leaves {label} exactly as under `{b}`", **who)
    if holds_zero(row["low"], row["high"]):
        return tr(
            "`{a}` has no effect on {label} whose sign could be told ({why}), compared with `{b}`",
            **who,
            why=includes_zero(),
        )
    size = percent(abs(row["relative"])).lstrip("+") if str(term.get("unit", "")) in PERCENT_UNITS else ""
    by = tr(" by {size}", size=size) if size else ""
    if row["difference"] > 0:
        return tr("`{a}` raises {label}{by} compared with `{b}`", **who, by=by)
    return tr("`{a}` lowers {label}{by} compared with `{b}`", **who, by=by)


def _reported(digest: Digest, scenario: str) -> str:
    score = row_of(digest.effects, "reported_score", scenario)
    truth = row_of(digest.effects, "true_contribution", scenario)
    gap = row_of(digest.effects, "reporting_gap", scenario)
    if score is None or truth is None or gap is None:
        return ""
    if holds_zero(gap["low"], gap["high"]):
        verdict = tr(
            "so no change of the gap between report and truth can be told ({why})", why=includes_zero()
        )
    elif gap["difference"] > 0:
        verdict = tr("so the gap between report and truth widens")
    else:
        verdict = tr("so the gap between report and truth narrows")
    return tr(
        "Reported scores move by {score} ability SD ({score_span}) and the true contribution behind them (ability and "
        "effort, leaving out vacancies and newcomers' learning) by {truth} ({truth_span}), {verdict} (by "
        "{gap}, {gap_span}).",
        score=signed(score["difference"]),
        score_span=span(score["low"], score["high"]),
        truth=signed(truth["difference"]),
        truth_span=span(truth["low"], truth["high"]),
        verdict=verdict,
        gap=signed(gap["difference"]),
        gap_span=span(gap["low"], gap["high"]),
    )


def _human_cost(digest: Digest, scenario: str) -> str:
    parts = []
    for outcome in shown_in("cost", digest.effects["outcome"]):
        row = row_of(digest.effects, outcome, scenario)
        if row is not None:
            parts.append(f"{_with_unit(digest, outcome, signed(row['difference']))} ({_span_or_zero(row)})")
    return tr("The cost, against the same baseline: {parts}.", parts=listed(parts)) if parts else ""


def _experience(digest: Digest, scenario: str) -> str:
    """The article's constraint that the experience of users must not fall (办事体验不降)."""
    kept = row_of(digest.levels, "experience_kept", scenario)
    quality = row_of(digest.effects, "service_quality", scenario)
    if kept is None or quality is None or not math.isfinite(kept["mean"]):
        return ""
    return tr(
        "True service quality moves by {size} ability SD ({span}); that users be served no worse than before the "
        "first change (办事体验不降), the luck of those quarters allowed for, holds in {kept} of the window's quarters "
        "(where nothing changes, luck alone breaks it in about one of twenty, by default).",
        size=signed(quality["difference"]),
        span=_span_or_zero(quality),
        kept=f"{100 * kept['mean']:.0f} %",
    )


def _with_unit(digest: Digest, outcome: str, size: str) -> str:
    """`true output a post 0.98 mean output`."""
    term = digest.outcomes.get(outcome, {})
    return f"{label_of(term, outcome)} {size} {unit_of(term)}".rstrip()


def _span_or_zero(row: Any) -> str:
    if never_moves(row["difference"], row["low"], row["high"]):
        return tr("no change in any replication")
    uncertain = f"{tr(': ')}{includes_zero()}" if holds_zero(row["low"], row["high"]) else ""
    return f"{span(row['low'], row['high'])}{uncertain}"


def _alone(digest: Digest, scenario: str) -> list[str]:
    """A single run has no baseline: levels, and how to get an answer."""
    parts = []
    for outcome in shown_in("overview", digest.levels["outcome"]):
        row = row_of(digest.levels, outcome, scenario)
        if row is not None:
            told = _with_unit(digest, outcome, number(row["mean"]))
            parts.append(f"{told} ({span(row['low'], row['high'], signs=False)})")
    no_answer = tr(
        "A single run has no baseline, so it cannot answer the question: `sim compare` with a baseline can."
    )
    if not parts:
        return [no_answer]
    levels = tr(
        "In this simulation, `{a}` shows over {window}: {parts} (means of {count} with 95 % intervals).",
        a=scenario,
        window=window_name(digest.first, digest.window),
        parts=listed(parts),
        count=counted(digest.replications, "replication"),
    )
    return [no_answer, levels]
