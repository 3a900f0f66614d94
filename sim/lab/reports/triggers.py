"""What an adjustment's triggers are, and how they differ from the baseline's, in words."""

from collections.abc import Mapping
from typing import Any

from sim.lab.language.changed import shown
from sim.lab.language.language import tr
from sim.lab.language.wording import listed, plain
from sim.lab.results.study_wording import share_text

Trigger = Mapping[str, Any]
TOLD = ("kind", "in_a_row", "within", "consecutive", "follows", "share")
"""Settings that are told in words; any other is told as it stands in the file."""


def triggers_told(triggers: Mapping[str, Trigger], base: Mapping[str, Trigger]) -> list[str]:
    """Which triggers are new or other than the baseline's, and which of the baseline's are gone.

    Args:
        triggers: their settings by name.
        base: those of the baseline.
    """
    new = [_told(one, base.get(name, {})) for name, one in triggers.items() if base.get(name) != one]
    gone = [_told(one, {}) for name, one in base.items() if name not in triggers]
    flags = [tr("flags for {triggers}", triggers=listed(new))] if new else []
    return flags + ([tr("no longer for {triggers}", triggers=listed(gone))] if gone else [])


def _told(trigger: Trigger, before: Trigger) -> str:
    """`last in department (2 times in a row, then the reservoir)`; before it was as `before` says."""
    kind = plain(str(trigger["kind"]))
    if "share" in trigger:
        kind = tr("{trigger}, {share}", trigger=kind, share=share_text(trigger["share"]))
    words = tr(
        "{trigger} ({times}, then {follows})", trigger=kind, times=_times(trigger), follows=_follows(trigger)
    )
    same = trigger["kind"] == before.get("kind")
    others = [name for name in trigger if same and name not in TOLD and trigger[name] != before.get(name)]
    return " ".join(
        [words, *(f"`{name} {shown(before.get(name))} → {shown(trigger[name])}`" for name in others)]
    )


def _times(trigger: Trigger) -> str:
    """How often it has to hit."""
    count, within = int(trigger["in_a_row"]), int(trigger.get("within") or 0)
    if count == 1:
        return tr("the first time")
    if within:
        return tr("{count} times within {within} periods", count=count, within=within)
    if not trigger.get("consecutive", True):
        return tr("{count} times in all", count=count)
    return tr("{count} times in a row", count=count)


def _follows(trigger: Trigger) -> str:
    """What happens to whoever is flagged."""
    follows = {
        "exit": tr("exit"),
        "reservoir": tr("the reservoir"),
        "demotion": tr("demotion"),
        "reposting": tr("re-posting"),
    }
    return follows.get(str(trigger["follows"]), plain(str(trigger["follows"])))
