"""One person followed under two regimes: `trace`."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.core.errors import UserError
from sim.core.fingerprint import fingerprint
from sim.core.text import did_you_mean
from sim.lab.designs.arguments import out_of, whole
from sim.lab.designs.side_by_side import chosen_of
from sim.lab.estimates.digest import year_of
from sim.lab.jobs.progress import Meter, Progress
from sim.lab.jobs.simulate import Replications
from sim.lab.jobs.store import kept
from sim.lab.language.wording import UNREFORMED
from sim.lab.questions.run import planned_manifest, tables_of
from sim.lab.results.digest import changes
from sim.lab.results.files import SCHEMA
from sim.lab.results.manifest import TraceManifest
from sim.lab.results.tables import Tables
from sim.lab.results.trace import SIDES, Trace

if TYPE_CHECKING:
    import pandas

    from sim.scenario.schema import Scenario

CHOSEN = {
    "flagged": "It is the one, among those who are flagged, whose pay differs most between the regimes.",
    "promoted": "It is the one, among those who are promoted, whose pay differs most between the regimes.",
    "demoted": "It is the one, among those who are demoted, whose pay differs most between the regimes.",
    "reposted": "It is the one, among those who are reposted, whose pay differs most between the regimes.",
    "entered_reservoir": (
        "It is the one, among those who enter the reservoir, whose pay differs most between the regimes."
    ),
    "caught": "It is the one, among those who are caught gaming, whose pay differs most between the regimes.",
    "dismissed": "It is the one, among those who are dismissed, whose pay differs most between the regimes.",
    "not_renewed": (
        "It is the one, among those who are not given another contract, whose pay differs most between the regimes."
    ),
    "resigned": "It is the one, among those who resign, whose pay differs most between the regimes.",
    "retired": "It is the one, among those who retire, whose pay differs most between the regimes.",
}
"""Events by which a person can be picked, and how the story says so."""
USUAL = "flagged"
"""What is picked where nobody is named and nothing is asked for, if it happens to anybody."""
CHOSEN_PAID = "Nobody is flagged; it is the one whose pay differs most between the regimes."
LONGEST_NUMBER = 19
COMPARED = 20_000
"""Ids among which the nearest is looked for."""
LISTED = 4
"""How many numbers of people an error message names."""


def trace(
    scenario: Any,
    person: int | str | None = None,
    against: Any = None,
    replication: int = 0,
    seed: int | None = None,
    progress: Progress | None = None,
    out: str | Path | None = None,
    again: bool = False,
    pick: str | None = None,
) -> Trace:
    """Follow one person of one replication under a scenario and under a baseline, with the same luck.

    Args:
        scenario: a scenario, or the path of a scenario file.
        person: number of the person, post first occupied × 10 000 + how many-th occupant (0 founds); or, as text, the
            person's id in the roster of the scenario; by default the one, among those flagged, whose pay differs most.
        against: the other regime; by default the same place in which the timeline changes nothing.
        replication: which replication.
        seed: the integer that seeds both; by default that of `against`, or the scenario's own.
        progress: called with (replication-quarters done, in all).
        out: folder of results, in which `trace-<hash>/` is written; None stores nothing.
        again: simulate even if the same input is already stored in `out`.
        pick: in place of `person`, what happens to them under the scenario once its timeline has begun: one of the
            words of `CHOSEN`; of several people the one whose pay differs most.

    Raises:
        UserError: wrong input; a person who is never employed under either regime; nobody to whom `pick` happens.
    """
    folder = out_of(out)
    number = whole("replication", replication, 0)
    _check_pick(pick, person)
    chosen, warnings = _sides(scenario, against, seed)
    wanted = None if person is None else _number_of(person, chosen["scenario"])
    planned = _planned(chosen, wanted, pick, number) | {"warnings": warnings}
    return kept(folder, planned, again, lambda: _trace(chosen, planned, wanted, pick, progress))


def _check_pick(pick: str | None, person: int | str | None) -> None:
    if pick is not None and person is not None:
        raise UserError("person and pick exclude each other: name a person, or what is to happen to one")
    if pick is not None and pick not in CHOSEN:
        raise UserError(
            f"pick = {pick!r}: nobody can be picked by it{did_you_mean(pick, CHOSEN, by_name=False)}"
        )


def _number_of(person: int | str, scenario: "Scenario") -> int:
    """The number of a person: of a text, that of whoever has this id in the roster; else what the text says.

    Raises:
        UserError: nobody has this id, and it is no number.
    """
    from sim.core.text import nearest_word
    from sim.people.roster import roster_of

    if not isinstance(person, str):
        return whole("person", person, 0)
    roster = roster_of(scenario.world)
    ids = roster.people() if roster else {}
    if person in ids:
        return ids[person]
    if person.isdecimal() and person.isascii() and len(person) < LONGEST_NUMBER:
        return int(person)
    if not ids:
        raise UserError(
            f"person {person!r} is no number of a person, and {scenario.name} has no roster with ids"
        )
    close = nearest_word(person, ids) if len(ids) <= COMPARED else ""
    there = (
        f"did you mean {close}?" if close else f"it has {len(ids):,}, such as {', '.join(list(ids)[:LISTED])}"
    )
    hidden = "; in an anonymous roster people have numbers: `sim roster key` says whose is which"
    raise UserError(f"person {person!r} has no line in the roster; {there}{hidden}")


def _sides(scenario: Any, against: Any, seed: int | None) -> "tuple[dict[str, Scenario], list[str]]":
    """The two scenarios by side, everybody recorded every quarter, and what else differs between them."""
    from sim.scenario.loader import load
    from sim.scenario.roster.remarks import roster_warnings

    policy = load(scenario)
    if against is None and not policy.timeline:
        raise UserError(
            f"{policy.name} has no timeline, so nothing changes in it: name a regime with --against"
        )
    other = _unreformed(policy) if against is None else load(against)
    (base, policy), _, _, warnings = chosen_of([other, policy], 0, None, seed)
    record = {"record": ["events", "staff"], "staff_every": 1}
    warnings += roster_warnings(one.resolved()["world"] for one in (base, policy))
    return {"scenario": policy.with_(**record), "baseline": base.with_(**record)}, warnings


def _unreformed(policy: "Scenario") -> "Scenario":
    """The same place with the regime it was founded with."""
    from sim.scenario.past import Past

    name = f"{UNREFORMED}{policy.name[:60]}"
    return (
        policy.model_copy(update={"timeline": (), "name": name})
        .with_origins(policy._origins[:1])
        .with_past(Past())
    )


def _planned(
    chosen: "dict[str, Scenario]", person: int | None, pick: str | None, replication: int
) -> TraceManifest:
    runs = [planned_manifest(one) for one in chosen.values()]
    hashes = [run["hash"] for run in runs]
    return {
        **runs[0],  # type: ignore[typeddict-item]  # a run says nothing of a person
        "result": "trace",
        "name": "trace",
        "folder_name": "trace",
        "hash": fingerprint("trace", hashes, person, pick, replication, SCHEMA),
        "scenario_name": chosen["scenario"].name,
        "baseline": chosen["baseline"].name,
        "baseline_scenario": runs[1]["scenario"],
        "baseline_changed": runs[1]["changed"],
        "baseline_rules_files": runs[1]["rules_files"],
        "replication": replication,
        "year": year_of(runs[0]),
        "reforms": sorted({quarter for run in runs for quarter in changes(run["scenario"])}),
    }


def _trace(
    chosen: "dict[str, Scenario]",
    planned: TraceManifest,
    person: int | None,
    pick: str | None,
    progress: Progress | None,
) -> Trace:
    replication = planned["replication"]
    meter = Meter(sum(one.horizon.quarters for one in chosen.values()), progress)
    runs = {
        side: tables_of(one, [Replications(one, replication, replication + 1)(meter.add)], 0.0)
        for side, one in chosen.items()
    }
    number, why = _picked(runs, pick) if person is None else (_known(runs, person), "")
    manifest: TraceManifest = {
        **runs["scenario"].manifest,
        **planned,
        "person": number,
        "roster_id": _roster_id(runs, number),
        "why": why,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    return Trace(_of_person(runs, "staff_panel", number), _of_person(runs, "events", number), manifest)


def _known(runs: dict[str, Tables], person: int) -> int:
    """The person, who exists under at least one regime.

    Raises:
        UserError: under neither, with the nearest numbers that exist.
    """
    import pandas

    everybody = pandas.concat([run.staff["person"] for run in runs.values()]).drop_duplicates()
    if (everybody == person).any():
        return person
    nearest = everybody.loc[(everybody - person).abs().sort_values(kind="stable").index[:LISTED]]
    raise UserError(
        f"person {person} is never employed in this replication; numbers run from {everybody.min()} to "
        f"{everybody.max()} (post x 10000 + how many-th occupant; founders end in 0000), the nearest are "
        f"{', '.join(map(str, sorted(nearest)))}"
    )


def _picked(runs: dict[str, Tables], pick: str | None) -> tuple[int, str]:
    """The person to be followed, and why.

    Raises:
        UserError: what is asked for happens to nobody.
    """
    happened = _happened(runs["scenario"])
    people = happened.loc[happened["event"] == (pick or USUAL), "person"]
    if len(people):
        return _telling(runs, set(people)), CHOSEN[pick or USUAL]
    if pick is None:
        return _telling(runs, set(_panel(runs["scenario"])["person"])), CHOSEN_PAID
    counts = happened["event"].value_counts()
    others = [f"{event} ({counts[event]})" for event in CHOSEN if counts.get(event, 0)]
    raise UserError(
        f"pick = {pick!r}: it happens to nobody in this replication of {runs['scenario'].name}; what happens is "
        f"{', '.join(others) or 'nothing of the kind'}. Another replication may have somebody"
    )


def _roster_id(runs: dict[str, Tables], person: int) -> str | None:
    """The person's id in the roster, if there is one."""
    for run in runs.values():
        mine = run.staff[run.staff["person"] == person]
        if "roster_id" in mine and mine["roster_id"].notna().any():
            return str(mine["roster_id"].iloc[0])
    return None


def _happened(run: Tables) -> "pandas.DataFrame":
    """The events since the timeline began; all of them where there is no timeline."""
    return run.events[run.events["quarter"] > min(changes(run.manifest["scenario"]), default=0)]


def _telling(runs: dict[str, Tables], people: set[int]) -> int:
    """Of some people the one whose pay differs most; those employed under one regime only come last."""
    pay = {side: _panel(run).groupby("person")["pay"].sum() for side, run in runs.items()}
    under = pay["scenario"][pay["scenario"].index.isin(people)]
    both = (under - pay["baseline"].reindex(under.index)).dropna().abs()
    telling = under if both.empty else both
    return int(telling.index[int(telling.to_numpy().argmax())])


def _panel(run: Tables) -> "pandas.DataFrame":
    assert run.staff_panel is not None  # both scenarios record the staff
    return run.staff_panel


def _of_person(runs: dict[str, Tables], table: str, person: int) -> "pandas.DataFrame":
    """The person's rows of a table under both regimes."""
    import pandas

    parts = []
    for side in SIDES:
        frame = getattr(runs[side], table)
        parts.append(frame[frame["person"] == person].assign(side=side))
    filled = [part for part in parts if len(part)] or parts[:1]
    joined: pandas.DataFrame = pandas.concat(filled, ignore_index=True)
    return joined
