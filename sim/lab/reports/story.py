"""A life told in words: quarter by quarter, only what changes, under both regimes side by side."""

from collections.abc import Iterator
from typing import Any

from sim.lab.figures.trace_figure import caption, life
from sim.lab.language.changed import changed_sentence, in_title, of_two
from sim.lab.language.language import tr
from sim.lab.language.stored import retold
from sim.lab.language.wording import counted, number, plain, quarter_name, signed
from sim.lab.reports.document import Block, Document, Grid, Heading, Listing, Paragraph, Picture
from sim.lab.reports.grids import assumed
from sim.lab.results.trace import SIDES, Trace
from sim.outcomes.outcomes import HAPPENS, LEAVING

FELT = 0.1
"""Changes of effort (SD) and morale that are worth a word."""
NOTABLE_PAY = 0.05
"""Share of normal pay by which a year's pay must differ to be told."""


def story(trace: Trace) -> Document:
    """Who it is, what happened quarter by quarter, and how it compares."""
    blocks: list[Block] = [Paragraph(introduction(trace))]
    if trace.warnings:
        blocks += [Heading(tr("Warnings")), Listing([*map(retold, trace.warnings)])]
    blocks += [
        Picture("trace", caption(trace), lambda: life(trace)),
        Heading(tr("Quarter by quarter")),
        life_grid(trace),
        Heading(tr("In sum")),
        sum_grid(trace),
        Paragraph(
            tr(
                "One simulated person in one replication: a story, no evidence, resting on {count}. The same person "
                "meets the same luck under both regimes; what colleagues and newcomers do may differ. Nobody in the "
                "simulation knows true ability.",
                count=counted(len(assumed(trace.manifest)), "assumed value"),
            )
        ),
    ]
    title = tr("The life of person {person}", person=trace.called)
    return Document(title + in_title(of_two(trace.manifest)), blocks)


def introduction(trace: Trace) -> str:
    """Who it is, and why this one."""
    side = next(side for side in SIDES if len(trace.quarters(side)))
    first = trace.quarters(side).iloc[0]
    year = int(trace.manifest["year"])
    who = tr("leader") if first["leader"] else tr("manager") if first["manager"] else tr("staff")
    known = tr(
        "Person {person} ({who}, rank {rank}, {place}, department {department}) is {age} years old with {service} "
        "years of service and true ability {ability} SD.",
        person=trace.called,
        who=who,
        rank=int(first["rank"]),
        place=tr(plain(str(first["organisation"]))),
        department=department_of(first),
        age=number(first["age_quarters"] / year),
        service=number(first["service_quarters"] / year),
        ability=signed(first["ability"]),
    )
    why = tr(str(trace.manifest["why"])) if trace.manifest.get("why") else ""
    absent = [
        tr("Under {name} nobody of this number is ever employed.", name=plain(trace.names[side]))
        for side in SIDES
        if not len(trace.quarters(side))
    ]
    changed = changed_sentence(of_two(trace.manifest))
    return " ".join(part for part in (known, why, *absent, changed) if part)


def life_grid(trace: Trace) -> Grid:
    """A line a quarter in which something is told under either regime."""
    told = {side: dict(_told(trace, side)) for side in SIDES}
    rows = []
    for quarter in sorted(set(told["scenario"]) | set(told["baseline"])):
        cells = [
            tr("; ").join(told[side].get(quarter, ())) or _silence(trace, side, quarter) for side in SIDES
        ]
        rows.append([calendar(trace, quarter), *cells])
    header = [tr("quarter"), *(plain(trace.names[side]) for side in SIDES)]
    return Grid(header, rows, texts=3)


def calendar(trace: Trace, quarter: int) -> str:
    """`2022Q1 (9)`."""
    name = quarter_name(trace.manifest, quarter)
    return f"{name} ({quarter})" if name else str(quarter)


def _silence(trace: Trace, side: str, quarter: int) -> str:
    there = trace.quarters(side)
    return tr("nothing to tell") if len(there) and quarter <= int(there.index[-1]) else ""


def _told(trace: Trace, side: str) -> Iterator[tuple[int, list[str]]]:
    """What is told of every quarter that has something."""
    before: Any = None
    last_told = {"effort": 0.0, "morale": 0.0}
    for quarter, now in trace.quarters(side).iterrows():
        words = [
            *_events(trace, side, int(str(quarter))),
            *_rank(trace, side, int(str(quarter)), before, now),
            *_feelings(now, last_told),
            *_work(now),
            *(_year(trace, side, int(str(quarter)), now) if before is not None else ()),
        ]
        if words:
            yield int(str(quarter)), words
        before = now


def _events(trace: Trace, side: str, quarter: int) -> Iterator[str]:
    for event in trace.happened(side, quarter):
        told = event_text(event, trace, side, quarter)
        if told:
            yield told


def department_of(row: Any) -> str:
    """The department of a person's row: its name, where a roster gives one, else its number."""
    name = row.get("department_name")
    return name if isinstance(name, str) else str(int(row["department"]))


def event_text(event: dict[str, Any], trace: Trace, side: str, quarter: int) -> str:
    """An event in words; "" for those that only an observer can know."""
    now: Any = trace.quarters(side).loc[quarter]
    places = {"rank": int(now["rank"]), "department": department_of(now)}
    if event["event"] == "flagged":
        return tr("**is flagged: {trigger}**", trigger=tr(plain(str(event["trigger"]))))
    if event["event"] == "converted":
        return tr("is put on a contract")
    if event["event"] == "merged":
        return tr("sees the department merged into department {department}", **places)
    told = HAPPENS.get(str(event["event"]))
    return tr(told, **places) if told else ""


def _rank(trace: Trace, side: str, quarter: int, before: Any, now: Any) -> Iterator[str]:
    """A rank that changes without promotion or demotion: that of the post, where rank belongs to posts."""
    moves = {event["event"] for event in trace.happened(side, quarter)}
    changed = before is not None and now["rank"] != before["rank"] and now["employed"]
    if changed and not moves & {"promoted", "demoted", "returned"}:
        yield tr("takes rank {rank}, that of the post", rank=int(now["rank"]))


def _feelings(now: Any, last_told: dict[str, float]) -> Iterator[str]:
    """Effort and morale, when they have moved since they were last told."""
    texts = {
        "effort": (tr("works harder (effort {value} SD)"), tr("works less hard (effort {value} SD)")),
        "morale": (tr("morale rises to {value}"), tr("morale falls to {value}")),
    }
    for name, (rises, falls) in texts.items():
        moved = float(now[name]) - last_told[name]
        if abs(moved) >= FELT and now["employed"]:
            last_told[name] = float(now[name])
            yield (rises if moved > 0 else falls).format(value=signed(float(now[name]), 2))


def _work(now: Any) -> Iterator[str]:
    if now["project_choice"] == 1:
        yield tr("tries a risky project, which brings {gain} SD", gain=signed(float(now["project"]), 2))
    elif now["project_choice"] == 0:
        yield tr("declines a risky project")


def _year(trace: Trace, side: str, quarter: int, now: Any) -> Iterator[str]:
    """At a year's close: the grade, the place, and the pay where it was not the normal one."""
    year = int(trace.manifest["year"])
    if quarter % year or not now["employed"]:
        return
    if now["quarters_scored"] == year and now["grade"] >= 0:
        yield tr(
            "is graded {grade}, ahead of {share} of the group",
            grade=grade_name(int(now["grade"])),
            share=f"{100 * float(now['rank_share']):.0f} %",
        )
    lived = trace.quarters(side)
    months = lived[(lived.index > quarter - year) & (lived.index <= quarter)]
    paid, normal = float(months["pay"].sum()), float(months["normal_pay"].mean())
    if len(months) == year and normal > 0 and abs(paid / normal - 1) > NOTABLE_PAY:
        yield tr("earned {paid} in the year (normal pay {normal})", paid=number(paid), normal=number(normal))


def grade_name(grade: int) -> str:
    """The grade's name."""
    names = [tr("incompetent"), tr("basically competent"), tr("competent"), tr("excellent")]
    return names[grade] if grade >= 0 else tr("not graded")


def sum_grid(trace: Trace) -> Grid:
    """The two lives in numbers."""
    found = [_sums(trace, side) for side in SIDES]
    rows = [[name, *(each[name] for each in found)] for name in found[0]]
    return Grid(["", *(plain(trace.names[side]) for side in SIDES)], rows)


def _sums(trace: Trace, side: str) -> dict[str, str]:
    lived, events = trace.quarters(side), trace.events[trace.events["side"] == side]
    working = lived[(lived["pay"] > 0) & (lived["post"] >= 0)]
    counts = events["event"].value_counts()
    last = lived[lived["employed"]].iloc[-1:] if len(lived) else lived
    return {
        tr("quarters employed"): str(int((lived["employed"] & (lived.index > 0)).sum())),
        tr("pay in all (mean annual pay)"): number(float(lived["pay"].sum())),
        tr("mean effort (ability SD)"): number(float(working["effort"].mean())) if len(working) else "",
        tr("mean true contribution (ability SD)"): number(float(working["contribution"].mean()))
        if len(working)
        else "",
        tr("mean score (ability SD)"): number(float(working["score"].mean())) if len(working) else "",
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
    row = left.iloc[-1]
    event = {str(key): value for key, value in row.to_dict().items()}
    return f"{event_text(event, trace, side, int(row['quarter']))}, {calendar(trace, int(row['quarter']))}"
