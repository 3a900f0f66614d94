"""Which rules are in force in which quarter, read from resolved scenarios: where do two of them differ?"""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from sim.lab.estimates.effects import last_window
from sim.lab.language.language import tr
from sim.lab.language.wording import listed, window_name
from sim.lab.results.digest import changes

Resolved = Mapping[str, Any]
"""A scenario with everything written out, as manifests hold it."""
CHANGEABLE = ("structure", "regime", "behaviour")
"""What a timeline may change."""
SLOTS = (
    "posts",
    "ranks",
    "contributions",
    "salaries",
    "appointment",
    "appraisal",
    "adjustment",
    "floating_pay",
)
"""The eight parts of a regime."""
LASTING = ("world", "calendar", "hold")
"""What holds from the founding to the end."""


def in_force(scenario: Resolved, quarter: int) -> dict[str, Any]:
    """Structure, regime and behaviour while a quarter is worked; a change after quarter q counts from q + 1 on.

    Returns:
        `structure`, `behaviour`, `regime` (slot by slot, the last entry's, wherever it holds) and `placed`: the entries
        that hold in some places only, each (where, slot, rule), as long as no later entry sets the slot everywhere.
    """
    now = {name: scenario.get(name) or {} for name in CHANGEABLE}
    placed: list[tuple[Any, str, Any]] = []
    for change in scenario.get("timeline") or ():
        if int(change["quarter"]) < quarter:
            slots = change["set"].get("regime", {})
            others = {name: value for name, value in change["set"].items() if name != "regime"}
            now = _laid(now, others) | {"regime": now["regime"] | slots}
            where = change.get("where")
            placed = [one for one in placed if where or one[1] not in slots]
            placed += [(where, slot, rule) for slot, rule in slots.items() if where]
    now["regime"] = {slot: _without_removed(rule) for slot, rule in now["regime"].items()}
    return now | {"placed": placed}


def _laid(base: Any, patch: Any) -> Any:
    """A patch over what it changes, setting by setting."""
    if not isinstance(base, Mapping) or not isinstance(patch, Mapping):
        return patch
    return {**base, **{name: _laid(base.get(name), value) for name, value in patch.items()}}


def _without_removed(rule: Any) -> Any:
    """A slot's rule without the triggers that a change took away."""
    if not isinstance(rule, Mapping) or "triggers" not in rule:
        return rule
    return {**rule, "triggers": {name: one for name, one in rule["triggers"].items() if one is not None}}


def differing_quarters(scenario: Resolved, baseline: Resolved, first: int, last: int) -> list[int]:
    """The quarters from `first` to `last` in which anything that decides what happens differs."""
    if any(scenario.get(name) != baseline.get(name) for name in LASTING) or _held_after(
        scenario
    ) != _held_after(baseline):
        return list(range(first, last + 1))
    quarters: list[int] = []
    starts = sorted({first, *(quarter + 1 for quarter in (*changes(scenario), *changes(baseline)))})
    for start, end in pairwise([*(start for start in starts if first <= start <= last), last + 1]):
        if in_force(scenario, start) != in_force(baseline, start):
            quarters += range(start, end)
    return quarters


def changed_slots(scenario: Resolved, baseline: Resolved, window: tuple[int, int]) -> list[str]:
    """Which parts of the regime differ at some time of the window."""
    quarters = range(window[0], window[1] + 1)
    pairs = [(in_force(scenario, quarter), in_force(baseline, quarter)) for quarter in quarters]
    return [slot for slot in SLOTS if any(_rules(slot, mine) != _rules(slot, its) for mine, its in pairs)]


def _rules(slot: str, now: Mapping[str, Any]) -> tuple[Any, list[Any]]:
    """The rule of a slot, and where in particular it or another holds."""
    return now["regime"].get(slot), [(where, rule) for where, name, rule in now["placed"] if name == slot]


def no_headline(scenario: Resolved, baseline: Resolved, window: tuple[int, int]) -> str:
    """Why the window says nothing about what `scenario` changes against `baseline`; "" where it does."""
    if differing_quarters(scenario, baseline, *window):
        return ""
    who = {"a": scenario["name"], "b": baseline["name"]}
    elsewhere = differing_quarters(scenario, baseline, 1, min(quarters_of(scenario), quarters_of(baseline)))
    if not elsewhere:
        return tr(
            "**Nothing differs**: `{a}` and `{b}` have the same place, people and rules in every quarter, so that "
            "there is nothing to compare.",
            **who,
        )
    after = tr(
        "What differs in the window was left behind by those quarters and is no effect of rules in force."
    )
    return tr(
        "**No headline**: over {window} the rules of `{a}` and `{b}` are the same; they differ in {elsewhere} only. "
        "{after} `--window {first}:{last}` looks at quarters in which they differ.",
        **who,
        window=window_name({"scenario": scenario}, window),
        elsewhere=stretches(elsewhere),
        after=after if elsewhere[0] < window[0] else tr("They have not begun to differ in the window."),
        first=elsewhere[0],
        last=elsewhere[-1],
    )


def window_told(window: tuple[int, int], *scenarios: Resolved) -> str:
    """Over which quarters means are taken, and why these."""
    default = last_window(min(map(quarters_of, scenarios)))
    why = tr("the last eight quarters, the default") if window == default else tr("as asked for")
    name = window_name({"scenario": scenarios[0]}, window)
    return tr("Means are taken over {window}: {why}.", window=name, why=why)


def _held_after(scenario: Resolved) -> Any:
    return scenario.get("hold_after") if scenario.get("hold") else None


def quarters_of(scenario: Resolved) -> int:
    """The horizon."""
    return int(scenario["horizon"]["quarters"])


def stretches(quarters: Iterable[int]) -> str:
    """`quarters 9–16 and 21–24`."""
    runs: list[list[int]] = []
    for quarter in quarters:
        if runs and quarter == runs[-1][-1] + 1:
            runs[-1].append(quarter)
        else:
            runs.append([quarter])
    named = [f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    return tr("quarters {named}", named=listed(named))
