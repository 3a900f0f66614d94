"""The tables of a report: effects, levels, flows, assumptions, and how the result was made."""

from collections.abc import Iterable, Mapping
from typing import Any

from sim.lab.language.language import tr
from sim.lab.language.stored import retold
from sim.lab.language.wording import (
    PERCENT_UNITS,
    counted,
    holds_zero,
    label_of,
    never_moves,
    number,
    percent,
    plain,
    signed,
    span,
    together,
    unit_of,
    window_name,
)
from sim.lab.reports.definitions import kind_text
from sim.lab.reports.grid import Grid
from sim.lab.results.digest import Digest
from sim.outcomes.outcomes import PER_PEOPLE, is_of_people


def effect_grid(digest: Digest, scenario: str, folded: str = "") -> Grid:
    """All effects of a scenario."""
    rows = []
    for outcome in _outcomes_of(digest):
        row = digest.effect(outcome, scenario)
        level = digest.level(outcome, str(digest.baseline))
        if row is not None and level is not None:
            rows.append(_effect_row(_names(digest, outcome), _term(digest, outcome), row, level))
    header = [
        tr("outcome"),
        tr("unit"),
        tr("baseline"),
        tr("difference"),
        tr("95 % interval"),
        tr("relative"),
        tr("sign"),
    ]
    return Grid(header, rows, texts=2, folded=folded)


def _outcomes_of(digest: Digest) -> list[str]:
    return list(dict.fromkeys(digest.levels["outcome"]))


def _term(digest: Digest, outcome: str) -> dict[str, Any]:
    known = digest.outcomes.get(outcome) or {}
    return {"label": plain(outcome), "unit": "", "good": 0, "meaning": "", **known}


def _words(text: Any) -> str:
    """An outcome's label, unit or meaning in the language spoken."""
    return tr(str(text))


def _names(digest: Digest, outcome: str) -> list[str]:
    """An outcome's label and unit."""
    term = digest.outcomes.get(outcome) or {}
    return [label_of(term, outcome), unit_of(term)]


def _effect_row(names: list[str], term: dict[str, Any], row: Any, level: Any) -> list[str]:
    difference, low, high = together(row["difference"], row["low"], row["high"])
    relative = _relative(row["relative"]) if str(term["unit"]) in PERCENT_UNITS else ""
    interval = span(row["low"], row["high"]) if low == "n/a" else tr("{low} to {high}", low=low, high=high)
    sign = sign_of(row, int(term["good"]))
    return [*names, number(level["mean"]), difference, interval, relative, sign]


def _relative(share: float) -> str:
    """Per cent, as long as per cent can be read."""
    return tr("more than tenfold") if share > 9 else percent(share)


def sign_of(row: Any, good: int) -> str:
    """`better`, `worse`, `up`, `down`, `uncertain` or `unchanged`, as far as the interval allows."""
    if never_moves(row["difference"], row["low"], row["high"]):
        return tr("unchanged")
    if holds_zero(row["low"], row["high"]):
        return tr("uncertain")
    rises = row["difference"] > 0
    if good == 0:
        return tr("up") if rises else tr("down")
    return tr("better") if rises == (good > 0) else tr("worse")


def pair_grid(digest: Digest) -> Grid:
    """What is delivered under the row's regime less that under the column's, with intervals."""
    pairs = digest.pairs.set_index(["scenario", "baseline"])
    rows = []
    for name in digest.scenarios:
        cells = [_pair(pairs.loc[(name, other)]) if name != other else "" for other in digest.scenarios]
        rows.append([plain(name), *cells])
    return Grid((tr("row less column"), *map(plain, digest.scenarios)), rows)


def _pair(row: Any) -> str:
    uncertain = tr(" (uncertain)") if holds_zero(row["low"], row["high"]) else ""
    return f"{signed(row['difference'])} [{span(row['low'], row['high'])}]{uncertain}"


def meaning_grid(digest: Digest) -> Grid:
    """What the outcomes are."""
    directions = {1: tr("more"), -1: tr("less"), 0: tr("neither")}
    rows = []
    for outcome in _outcomes_of(digest):
        term, (label, unit) = _term(digest, outcome), _names(digest, outcome)
        rows.append(
            [
                label,
                f"`{outcome}`",
                unit,
                kind_text(str(term["kind"])) if "kind" in term else "",
                _words(term["meaning"]),
                directions.get(int(term["good"]), ""),
            ]
        )
    header = [tr("outcome"), tr("name"), tr("unit"), tr("kind"), tr("meaning"), tr("better is")]
    return Grid(header, rows, texts=6, folded=tr("What the outcomes mean"))


def level_grid(digest: Digest) -> Grid:
    """Window means of a single run."""
    rows = []
    for outcome in _outcomes_of(digest):
        row = digest.level(outcome, digest.scenarios[0])
        if row is not None:
            rows.append(
                [*_names(digest, outcome), number(row["mean"]), span(row["low"], row["high"], signs=False)]
            )
    return Grid((tr("outcome"), tr("unit"), tr("mean"), tr("95 % interval")), rows, texts=2)


def flow_grid(digest: Digest) -> Grid:
    """Flows of every scenario side by side."""
    rows = []
    for flow in filter(is_of_people, _outcomes_of(digest)):
        levels = [digest.level(flow, name) for name in digest.scenarios]
        cells = ["n/a" if row is None else number(row["mean"], 2) for row in levels]
        rows.append([_names(digest, flow)[0], *cells])
    return Grid((tr(PER_PEOPLE), *map(plain, digest.scenarios)), rows)


def assumption_grid(digest: Digest) -> Grid:
    """Every assumed parameter in force at some time in some scenario, each value once."""
    values: dict[tuple[str, str], dict[str, Any]] = {}
    for name, manifest in digest.manifests.items():
        for one in assumed(manifest):
            kept = values.setdefault((one["path"], _value(one["value"])), {**one, "scenarios": []})
            kept["scenarios"] = list(dict.fromkeys([*kept["scenarios"], name]))
    header = [
        tr("parameter"),
        tr("value"),
        tr("unit"),
        tr("source"),
        *([tr("in")] if len(digest.scenarios) > 1 else []),
        tr("meaning"),
    ]
    rows = [_assumption_row(digest, value, one) for (_, value), one in sorted(values.items())]
    return Grid(
        header, rows, texts=len(header), folded=tr("All {count}", count=counted(len(rows), "assumed value"))
    )


def assumed(manifest: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The assumptions of a run."""
    return [one for one in manifest.get("assumptions", ()) if one.get("source") == "assumption"]


def _assumption_row(digest: Digest, value: str, one: dict[str, Any]) -> list[str]:
    where = [plain(name) for name in one["scenarios"]]
    named = tr("all") if len(where) == len(digest.scenarios) else ", ".join(where)
    source = " ".join(filter(None, [tr(str(one["source"])), str(one.get("citation") or "")]))
    middle = [named] if len(digest.scenarios) > 1 else []
    return [
        f"`{one['path']}`",
        retold(value) if " " in value else value,  # a word of the file's language stays
        _words(one.get("unit", "")),
        source,
        *middle,
        retold(str(one.get("doc", ""))),
    ]


def _value(value: Any) -> str:
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "nothing"}[value]
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_value, value)) + "]"
    return f"{value:g}" if isinstance(value, float) else str(value)


def sources_line(digest: Digest) -> str:
    """How many values of the leading run rest on which kind of source."""
    sources = digest.first.get("sources")
    if not sources:
        return ""
    counts = tr(", ").join(f"{tr(word)} {count}" for word, count in sources.items())
    name = plain(str(digest.first["name"]))
    return tr("Values in force under {name} by kind of source: {counts}.", name=name, counts=counts)


def origin_lines(digest: Digest) -> list[str]:
    """Seed, replications, window, code, packages and the books."""
    first = digest.first
    counts = (counted(digest.replications, "replication"), counted(len(digest.scenarios), "scenario"))
    return [
        tr(
            "seed {seed}, {runs} of each of {scenarios}: {names}",
            seed=first.get("seed"),
            runs=counts[0],
            scenarios=counts[1],
            names=", ".join(digest.scenarios),
        ),
        tr("means over {window}", window=window_name(first, digest.window)),
        _code_line(first.get("code", {})),
        _packages_line(first.get("packages", {})),
        _books_line(digest.manifests.values()),
    ]


def _code_line(code: dict[str, Any]) -> str:
    commit = (
        tr(", commit {hash}", hash=code["commit"][:12]) if code.get("commit") else tr(", no commit known")
    )
    changed = tr(" with changes that are not committed") if code.get("dirty") else ""
    version, content = code.get("version", "unknown"), code.get("content", "unknown")
    return f"{tr('code version')} {version}{commit}{changed}{tr(', content')} {content}"


def _packages_line(packages: dict[str, str]) -> str:
    return ", ".join(f"{name} {version}" for name, version in packages.items()) or tr("packages unknown")


def _books_line(manifests: Iterable[Mapping[str, Any]]) -> str:
    residuals = [value for manifest in manifests for value in manifest.get("residuals", {}).values()]
    if not residuals:
        return tr("accounting identities: not recorded")
    largest = number(max(residuals), 2)
    return tr("accounting identities hold in every quarter; largest residual {size}", size=largest)
