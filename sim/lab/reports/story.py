"""The facts of a life: who it is, and quarter by quarter only what changes, under both regimes side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sim.lab.figures.trace_figure import caption, life
from sim.lab.language.changed import changed_sentence, in_title, of_two
from sim.lab.language.language import tr
from sim.lab.language.wording import number, plain, quarter_name, signed
from sim.lab.reports.environment import sentences
from sim.lab.reports.grid import Grid
from sim.lab.reports.grids import assumed
from sim.lab.reports.template import Facts, Report
from sim.lab.results.trace import SIDES, Trace
from sim.outcomes.outcomes import HAPPENS, LEAVING

FELT = 0.1
"""Changes of effort (SD) and morale that are worth a word."""
NOTABLE_PAY = 0.05
"""Share of normal pay by which a year's pay must differ to be told."""


@dataclass(frozen=True)
class Happening:
    """Something worth a word in a quarter of a life.

    Attributes:
        kind: an event of the engine, or `takes_rank`, `effort_rises`, `effort_falls`, `morale_rises`, `morale_falls`,
            `tries`, `declines`, `graded`, `earned`.
        rank, department: where the person is then.
        value, other: what else is told, in words: `happening.md.j2` says what for.
    """

    kind: str
    rank: int = 0
    department: str = ""
    value: str = ""
    other: str = ""


def story(trace: Trace) -> Report:
    """The report of a trace."""
    return Report("story", story_facts(trace), lambda _: life(trace))


def story_facts(trace: Trace) -> Facts:
    """What the story says, and its summary: who it is at the beginning, and the two lives."""
    side = next(side for side in SIDES if len(trace.quarters(side)))
    first = trace.quarters(side).iloc[0]
    manifest, year = trace.manifest, int(trace.manifest["year"])
    return {
        "person": trace.called,
        "role": "leader" if first["leader"] else "manager" if first["manager"] else "staff",
        "rank": int(first["rank"]),
        "place": str(first["organisation"]),
        "department": department_of(first),
        "age": number(first["age_quarters"] / year),
        "service": number(first["service_quarters"] / year),
        "ability": signed(first["ability"]),
        "why": str(manifest.get("why") or ""),
        "absent": [trace.names[side] for side in SIDES if not len(trace.quarters(side))],
        "changed": changed_sentence(of_two(manifest)),
        "changes": in_title(of_two(manifest)),
        "warnings": trace.warnings,
        "caption": caption(trace),
        "quarters": life_grid(trace),
        "sums": sum_grid(trace),
        "assumed": len(assumed(manifest)),
    }


def life_grid(trace: Trace) -> Grid:
    """A line a quarter in which something is told under either regime."""
    lives = {side: life_of(trace, side) for side in SIDES}
    rows = []
    for quarter in sorted({quarter for told_of in lives.values() for quarter in told_of}):
        cells = [in_words(lives[side].get(quarter, [])) or _silence(trace, side, quarter) for side in SIDES]
        rows.append([calendar(trace, quarter), *cells])
    header = [tr("quarter"), *(plain(trace.names[side]) for side in SIDES)]
    return Grid(header, rows, texts=3)


def in_words(happenings: Sequence[Happening]) -> str:
    """What happens, one thing after the other."""
    return tr("; ").join(sentences("happening", {"one": one, "events": HAPPENS}) for one in happenings)


def calendar(trace: Trace, quarter: int) -> str:
    """`2022Q1 (9)`."""
    name = quarter_name(trace.manifest, quarter)
    return f"{name} ({quarter})" if name else str(quarter)


def _silence(trace: Trace, side: str, quarter: int) -> str:
    there = trace.quarters(side)
    return tr("nothing to tell") if len(there) and quarter <= int(there.index[-1]) else ""


def life_of(trace: Trace, side: str) -> dict[int, list[Happening]]:
    """What is told of every quarter that has something."""
    before: Any = None
    told_of = {"effort": 0.0, "morale": 0.0}
    happened: dict[int, list[Happening]] = {}
    for label, now in trace.quarters(side).iterrows():
        quarter = int(str(label))
        happenings = [
            *_events(trace, side, quarter),
            *_rank(trace, side, quarter, before, now),
            *_feelings(now, told_of),
            *_work(now),
            *(_year(trace, side, quarter, now) if before is not None else ()),
        ]
        if happenings:
            happened[quarter] = happenings
        before = now
    return happened


def _events(trace: Trace, side: str, quarter: int) -> Iterator[Happening]:
    """The events of a quarter, but for those that only an observer can know."""
    now: Any = trace.quarters(side).loc[quarter]
    there = Happening("", int(now["rank"]), department_of(now))
    for event in trace.happened(side, quarter):
        kind = str(event["event"])
        if kind in ("flagged", "converted", "merged") or kind in HAPPENS:
            yield replace(there, kind=kind, value=str(event.get("trigger", "")))


def department_of(row: Any) -> str:
    """The department of a person's row: its name, where a roster gives one, else its number."""
    name = row.get("department_name")
    return name if isinstance(name, str) else str(int(row["department"]))


def _rank(trace: Trace, side: str, quarter: int, before: Any, now: Any) -> Iterator[Happening]:
    """A rank that changes without promotion or demotion: that of the post, where rank belongs to posts."""
    moves = {event["event"] for event in trace.happened(side, quarter)}
    changed = before is not None and now["rank"] != before["rank"] and now["employed"]
    if changed and not moves & {"promoted", "demoted", "returned"}:
        yield Happening("takes_rank", rank=int(now["rank"]))


def _feelings(now: Any, told_of: dict[str, float]) -> Iterator[Happening]:
    """Effort and morale, when they have moved since they were last told; `told_of` is brought up to date."""
    for name, last in told_of.items():
        level = float(now[name])
        if abs(level - last) >= FELT and now["employed"]:
            told_of[name] = level
            yield Happening(f"{name}_{'rises' if level > last else 'falls'}", value=signed(level, 2))


def _work(now: Any) -> Iterator[Happening]:
    if now["project_choice"] == 1:
        yield Happening("tries", value=signed(float(now["project"]), 2))
    elif now["project_choice"] == 0:
        yield Happening("declines")


def _year(trace: Trace, side: str, quarter: int, now: Any) -> Iterator[Happening]:
    """At a year's close: the grade, the place, and the pay where it was not the normal one."""
    year = int(trace.manifest["year"])
    if quarter % year or not now["employed"]:
        return
    if now["quarters_scored"] == year and now["grade"] >= 0:
        share = f"{100 * float(now['rank_share']):.0f} %"
        yield Happening("graded", value=grade_name(int(now["grade"])), other=share)
    lived = trace.quarters(side)
    months = lived[(lived.index > quarter - year) & (lived.index <= quarter)]
    paid, normal = float(months["pay"].sum()), float(months["normal_pay"].mean())
    if len(months) == year and normal > 0 and abs(paid / normal - 1) > NOTABLE_PAY:
        yield Happening("earned", value=number(paid), other=number(normal))


def grade_name(grade: int) -> str:
    """The grade's name."""
    return [tr("incompetent"), tr("basically competent"), tr("competent"), tr("excellent")][grade]


def sum_grid(trace: Trace) -> Grid:
    """The two lives in numbers."""
    sums = [_sums(trace, side) for side in SIDES]
    rows = [[name, *(each[name] for each in sums)] for name in sums[0]]
    return Grid(["", *(plain(trace.names[side]) for side in SIDES)], rows)


def _sums(trace: Trace, side: str) -> dict[str, str]:
    lived, events = trace.quarters(side), trace.events[trace.events["side"] == side]
    working = lived[(lived["pay"] > 0) & (lived["post"] >= 0)]
    counts = events["event"].value_counts()
    last = lived[lived["employed"]].iloc[-1:]

    def mean(column: str) -> str:
        return number(float(working[column].mean())) if len(working) else ""

    return {
        tr("quarters employed"): str(int((lived["employed"] & (lived.index > 0)).sum())),
        tr("pay in all (mean annual pay)"): number(float(lived["pay"].sum())),
        tr("mean effort (ability SD)"): mean("effort"),
        tr("mean true contribution (ability SD)"): mean("contribution"),
        tr("mean score (ability SD)"): mean("score"),
        tr("flags"): str(int(counts.get("flagged", 0))),
        tr("quarters in the reservoir"): str(int((lived["reservoir_since"] >= 0).sum())),
        tr("promotions"): str(int(counts.get("promoted", 0))),
        tr("last rank"): str(int(last["rank"].iloc[0])) if len(last) else "",
        tr("how it ends"): _ending(trace, side),
    }


def _ending(trace: Trace, side: str) -> str:
    left = trace.events[(trace.events["side"] == side) & trace.events["event"].isin(LEAVING)]
    if left.empty:
        return tr("still employed") if len(trace.quarters(side)) else tr("never employed")
    quarter, kind = int(left["quarter"].iloc[-1]), str(left["event"].iloc[-1])
    leaves = [event for event in _events(trace, side, quarter) if event.kind == kind][-1:]
    return f"{in_words(leaves)}, {calendar(trace, quarter)}"
