"""The tables of a report: effects, levels, flows, assumptions, and how the result was made."""

from collections.abc import Iterable
from typing import Any

from sim.analysis.answer import row_of
from sim.analysis.digest import Digest
from sim.analysis.document import Grid
from sim.analysis.estimates import EXITS, FLOWS
from sim.analysis.wording import (
    PERCENT_UNITS,
    counted,
    holds_zero,
    never_moves,
    number,
    percent,
    plain,
    signed,
    span,
    together,
    window_name,
)

EFFECT_HEADER = ("outcome", "unit", "baseline", "difference", "95 % interval", "relative", "sign")
FLOW_UNIT = "per 100 people a year"
FLOW_ORDER = (*FLOWS, "exits")
MADE_UP_TERMS = {
    "exits": {
        "label": "exits of any kind",
        "unit": FLOW_UNIT,
        "good": 0,
        "meaning": "dismissals, non-renewals, resignations and retirements",
    }
}


def effect_grid(digest: Digest, scenario: str, folded: str = "") -> Grid:
    """All effects of a scenario; flows per 100 people a year."""
    rows = []
    for outcome in _outcomes_of(digest):
        is_flow = outcome in FLOW_ORDER
        row = row_of(digest.rate_effects if is_flow else digest.effects, outcome, scenario)
        level = row_of(digest.rates if is_flow else digest.levels, outcome, str(digest.baseline))
        if row is not None and level is not None:
            rows.append(_effect_row(_term(digest, outcome), row, level, is_flow))
    return Grid(EFFECT_HEADER, rows, texts=2, folded=folded)


def _outcomes_of(digest: Digest) -> list[str]:
    """Outcomes, with all exits together after the flows they are made of."""
    found = list(dict.fromkeys(digest.levels["outcome"]))
    return [*found, "exits"] if set(found) & set(EXITS) else found


def _term(digest: Digest, outcome: str) -> dict[str, Any]:
    known = digest.outcomes.get(outcome) or MADE_UP_TERMS.get(outcome) or {}
    return {"label": plain(outcome), "unit": "", "good": 0, "meaning": "", **known}


def _effect_row(term: dict[str, Any], row: Any, level: Any, is_flow: bool) -> list[str]:
    difference, low, high = together(row["difference"], row["low"], row["high"])
    unit = FLOW_UNIT if is_flow else str(term["unit"])
    relative = _relative(row["relative"]) if is_flow or unit in PERCENT_UNITS else ""
    interval = span(row["low"], row["high"]) if low == "n/a" else f"{low} to {high}"
    sign = sign_of(row, int(term["good"]))
    return [str(term["label"]), unit, number(level["mean"]), difference, interval, relative, sign]


def _relative(share: float) -> str:
    """Per cent, as long as per cent can be read."""
    return "more than tenfold" if share > 9 else percent(share)


def sign_of(row: Any, good: int) -> str:
    """`better`, `worse`, `up`, `down`, `uncertain` or `unchanged`, as far as the interval allows."""
    if never_moves(row["difference"], row["low"], row["high"]):
        return "unchanged"
    if holds_zero(row["low"], row["high"]):
        return "uncertain"
    rises = row["difference"] > 0
    if good == 0:
        return "up" if rises else "down"
    return "better" if rises == (good > 0) else "worse"


def pair_grid(digest: Digest) -> Grid:
    """What is delivered under the row's regime less that under the column's, with intervals."""
    found = digest.pairs.set_index(["scenario", "baseline"])
    rows = []
    for name in digest.scenarios:
        cells = [_pair(found.loc[(name, other)]) if name != other else "" for other in digest.scenarios]
        rows.append([plain(name), *cells])
    return Grid(("less", *map(plain, digest.scenarios)), rows)


def _pair(row: Any) -> str:
    uncertain = " (uncertain)" if holds_zero(row["low"], row["high"]) else ""
    return f"{signed(row['difference'])} [{span(row['low'], row['high'])}]{uncertain}"


def meaning_grid(digest: Digest) -> Grid:
    """What the outcomes mean."""
    directions = {1: "more", -1: "less", 0: "neither"}
    rows = []
    for outcome in _outcomes_of(digest):
        term = _term(digest, outcome)
        rows.append(
            [str(term["label"]), f"`{outcome}`", str(term["meaning"]), directions.get(int(term["good"]), "")]
        )
    return Grid(("outcome", "name", "meaning", "better is"), rows, texts=4, folded="What the outcomes mean")


def level_grid(digest: Digest) -> Grid:
    """Window means of a single run."""
    rows = []
    for outcome in _outcomes_of(digest):
        is_flow = outcome in FLOW_ORDER
        row = row_of(digest.rates if is_flow else digest.levels, outcome, digest.scenarios[0])
        if row is not None:
            term = _term(digest, outcome)
            unit = FLOW_UNIT if is_flow else str(term["unit"])
            rows.append(
                [str(term["label"]), unit, number(row["mean"]), span(row["low"], row["high"], signs=False)]
            )
    return Grid(("outcome", "unit", "mean", "95 % interval"), rows, texts=2)


def flow_grid(digest: Digest) -> Grid:
    """Flows of every scenario side by side."""
    there = list(dict.fromkeys(digest.rates["outcome"]))
    rows = []
    for flow in (name for name in FLOW_ORDER if name in there):
        found = [row_of(digest.rates, flow, name) for name in digest.scenarios]
        cells = ["n/a" if row is None else number(row["mean"], 2) for row in found]
        rows.append([_term(digest, flow)["label"], *cells])
    return Grid((FLOW_UNIT, *map(plain, digest.scenarios)), rows)


def assumption_grid(digest: Digest) -> Grid:
    """Every assumed parameter in force at some time in some scenario, each value once."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for name, manifest in digest.manifests.items():
        for one in assumed(manifest):
            kept = found.setdefault((one["path"], _value(one["value"])), {**one, "scenarios": []})
            kept["scenarios"] = list(dict.fromkeys([*kept["scenarios"], name]))
    header = [
        "parameter",
        "value",
        "unit",
        "source",
        *(["in"] if len(digest.scenarios) > 1 else []),
        "meaning",
    ]
    rows = [_assumption_row(digest, value, one) for (_, value), one in sorted(found.items())]
    return Grid(header, rows, texts=len(header), folded=f"All {counted(len(rows), 'assumed value')}")


def assumed(manifest: dict[str, Any]) -> list[dict[str, Any]]:
    """The assumptions of a run."""
    return [one for one in manifest.get("assumptions", ()) if one.get("source") == "assumption"]


def _assumption_row(digest: Digest, value: str, one: dict[str, Any]) -> list[str]:
    where = [plain(name) for name in one["scenarios"]]
    named = "all" if len(where) == len(digest.scenarios) else ", ".join(where)
    source = " ".join(filter(None, [str(one["source"]), str(one.get("citation") or "")]))
    middle = [named] if len(digest.scenarios) > 1 else []
    return [f"`{one['path']}`", value, str(one.get("unit", "")), source, *middle, str(one.get("doc", ""))]


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
    counts = ", ".join(f"{word} {count}" for word, count in sources.items())
    return f"Values in force under {plain(str(digest.first['name']))} by kind of source: {counts}."


def origin_lines(digest: Digest) -> list[str]:
    """Seed, replications, window, code, packages and the books."""
    first = digest.first
    counts = (counted(digest.replications, "replication"), counted(len(digest.scenarios), "scenario"))
    return [
        f"seed {first.get('seed')}, {counts[0]} of each of {counts[1]}: {', '.join(digest.scenarios)}",
        f"means over {window_name(first, digest.window)}",
        _code_line(first.get("code", {})),
        _packages_line(first.get("packages", {})),
        _books_line(digest.manifests.values()),
    ]


def _code_line(code: dict[str, Any]) -> str:
    commit = f", commit {code['commit'][:12]}" if code.get("commit") else ", no commit known"
    changed = " with changes that are not committed" if code.get("dirty") else ""
    return f"code version {code.get('version', 'unknown')}{commit}{changed}, content {code.get('content', 'unknown')}"


def _packages_line(packages: dict[str, str]) -> str:
    return ", ".join(f"{name} {version}" for name, version in packages.items()) or "packages unknown"


def _books_line(manifests: Iterable[dict[str, Any]]) -> str:
    residuals = [value for manifest in manifests for value in manifest.get("residuals", {}).values()]
    if not residuals:
        return "accounting identities: not recorded"
    return f"accounting identities hold in every quarter; largest residual {number(max(residuals), 2)}"
