"""What was changed from the scenarios' files, in words: titles, first paragraphs and figures all say it."""

from collections.abc import Mapping
from typing import Any

from sim.lab.language.language import tr
from sim.lab.language.wording import listed, plain

MOST_IN_A_TITLE = 2
Manifests = Mapping[str, Mapping[str, Any]]


def change_lines(manifests: Manifests) -> list[str]:
    """`seed 1 → 7`, one line a change, with the scenarios it concerns where these are not all."""
    concerned: dict[str, list[str]] = {}
    for name, manifest in manifests.items():
        for one in manifest.get("changed") or ():
            line = f"{one['path']} {shown(one['old'])} → {shown(one['new'])}"
            concerned.setdefault(line, []).append(name)
        for file in manifest.get("rules_files") or ():
            concerned.setdefault(tr("rules of {file}", file=file), []).append(name)
    whole = len(manifests)
    return [
        line if len(names) == whole else f"{line} ({listed([plain(name) for name in names])})"
        for line, names in concerned.items()
    ]


def shown(value: Any) -> str:
    """As a file would write it; settings that are there or not in words."""
    if value is None:
        return tr("none")
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {shown(item)}" for name, item in value.items())
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(shown, value))}]"
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"
    return str(value).lower() if isinstance(value, bool) else str(value)


def in_title(manifests: Manifests) -> str:
    """` (seed 1 → 7)`, the first of many changes; "" if nothing was changed."""
    lines = change_lines(manifests)
    if not lines:
        return ""
    more = len(lines) - MOST_IN_A_TITLE
    rest = tr("{count} more", count=more) if more > 0 else ""
    changes = tr("; ").join([*lines[:MOST_IN_A_TITLE], *([rest] if rest else [])])
    return tr(" ({changes})", changes=changes)


def in_caption(manifests: Manifests) -> str:
    """`; changed from the files: seed 1 → 7`, for figures."""
    changes = in_title(manifests)
    return tr("; changed from the files{changes}", changes=changes) if changes else ""


def changed_sentence(manifests: Manifests) -> str:
    """All changes, for the first paragraph; "" if nothing was changed."""
    lines = [f"`{line}`" for line in change_lines(manifests)]
    return tr("Changed from the files: {changes}.", changes=listed(lines)) if lines else ""


def of_two(manifest: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The changes of the sides that one manifest speaks of; a calibration may have no baseline."""
    base = {name: manifest.get(f"baseline_{name}") for name in ("changed", "rules_files")}
    has_baseline = manifest["baseline"] is not None
    return {manifest["scenario_name"]: manifest} | ({manifest["baseline"]: base} if has_baseline else {})
