"""What `check` and `describe` print: plain lines that can be read, searched and piped."""

import json
from pathlib import Path
from typing import Any

from sim.core.errors import UserError
from sim.core.parameters import SOURCES
from sim.core.shipped import EVALUATION, STUDY, file_named
from sim.core.text import did_you_mean
from sim.lab.designs.editor import study_schema as study_json_schema
from sim.lab.designs.plan import plan_of, wrong_points
from sim.lab.designs.read_evaluation import evaluation_plan, is_evaluation
from sim.lab.designs.read_study import is_study, other_file
from sim.rules.base import REGISTRY, SLOTS
from sim.scenario.describe import Row, kind_rows, rows, source_counts
from sim.scenario.editor import json_schema
from sim.scenario.loader import load
from sim.scenario.messages import show
from sim.scenario.option import read_settings
from sim.scenario.own_rules import own_rules
from sim.scenario.roster.remarks import remarks
from sim.scenario.schema import Scenario
from sim.scenario.without_rules import without_rules
from sim.scenario.yaml_source import shown


def checked(file: str, settings: list[str] | None, allow: list[Path]) -> tuple[str, bool]:
    """One file's verdict, and whether it is wrong; of a study, all its points are checked."""
    try:
        if is_study(file):
            return _checked_study(file, allow), False
        if is_evaluation(file):
            return _checked_evaluation(file, allow), False
        if other := other_file(file):
            return f"{file} is {other}", True
        scenario = load(file, read_settings(settings or []), allow=allow)
    except UserError as error:
        return str(error), True
    changes = ", ".join(map(str, scenario.changes))
    then = f", changes after quarter {changes}" if changes else ", no changes"
    size = f"{scenario.horizon.quarters} quarters, {scenario.replications} replications"
    own = "".join(f"\n  {rule}" for rule in own_rules(scenario))
    about = "".join(f"\n  {remark}" for remark in remarks(scenario.world.model_dump()))
    forgot = "".join(f"\n  {warning}" for warning in without_rules(scenario))
    return f"OK {shown(file_named(file))}: {scenario.name}, {size}{then}{forgot}{own}{about}", False


def _checked_study(file: str, allow: list[Path]) -> str:
    """How large a study is whose every point is fine.

    Raises:
        UserError: every mistake of the file and of its points.
    """
    plan = plan_of(file, allow=allow)
    wrong = wrong_points(plan)
    if wrong:
        raise UserError("\n".join(wrong))
    design = plan.design["kind"]
    size = f"{len(plan.points)} points ({design}), {len(plan.simulated)} scenarios"
    own = dict.fromkeys(rule for one in plan.scenarios.values() for rule in own_rules(load(one)))
    said = "".join(f"\n  {rule}" for rule in own)
    path = shown(file_named(file, kinds=(STUDY,)))
    return f"OK {path}: {plan.name}, {size}, {plan.least} replications of each{said}"


def _checked_evaluation(file: str, allow: list[Path]) -> str:
    """How large an evaluation is.

    Raises:
        UserError: every mistake of the file.
    """
    plan = evaluation_plan(file, allow=allow)
    kinds = len(plan.points) * len(plan.simulated)
    path = shown(file_named(file, kinds=(EVALUATION,)))
    return f"OK {path}: {plan.name}, {kinds} kinds of pilots, {plan.most} of each"


def defaults(settings: list[str] | None) -> Scenario:
    """What a scenario that says nothing would be."""
    return load({}, read_settings(settings or []))


def schema() -> str:
    """The JSON Schema of scenarios as the shipped file holds it."""
    return json.dumps(json_schema(), indent=1, ensure_ascii=False)


def study_schema() -> str:
    """The JSON Schema of studies as the shipped file holds it."""
    return json.dumps(study_json_schema(), indent=1, ensure_ascii=False)


def parameters(scenario: Scenario, only: str = "") -> str:
    """Every parameter in force, in the order of the quarters, then how many rest on what.

    Raises:
        UserError: none mentions `only`.
    """
    every = rows(scenario)
    chosen = [row for row in every if _mentions(row, only)]
    if not chosen:
        keys = {part for row in every for part in (row.path, *row.path.split("."))}
        raise UserError(f"no parameter mentions {only}{did_you_mean(only, keys, few=True)}")
    blocks: list[str] = []
    since, where = -1, ""
    for row in chosen:
        if (row.since, row.where) != (since, where):
            since, where = row.since, row.where
            begins = f"quarter {since}" if since else "the founding"
            places = f" where {where}" if where else ""
            blocks.append(f"# {scenario.name}, in force from {begins}{places}")
        blocks.append(_block(row))
    return "\n".join([*blocks, "", _counted(scenario)])


def _mentions(row: Row, text: str) -> bool:
    return text.lower() in f"{row.path} {row.unit} {row.source} {row.citation} {row.doc} {row.set_by}".lower()


def _block(row: Row) -> str:
    facts = [row.unit, row.bounds, f"default {show(row.default)}", _source(row)]
    if row.is_kind:
        facts = ["kind"]
    if row.set_by:
        facts.append(f"set in {row.set_by}")
    value = row.value if row.unit == "file" and row.value else show(row.value)
    return f"{row.path} = {value}\n    {'; '.join(fact for fact in facts if fact)}\n    {row.doc}"


def _source(row: Row) -> str:
    return f"{row.source} ({row.citation})" if row.citation else row.source


def _counted(scenario: Scenario) -> str:
    counts = source_counts(scenario)
    lines = [f"# {sum(counts.values())} values in force at some time, by what they rest on:"]
    lines += [f"#   {count:4} {source}: {SOURCES.get(source, '')}" for source, count in counts.items()]
    return "\n".join(lines)


def outcomes(only: str = "", lang: str = "en") -> str:
    """All outcomes with unit and definition, in English or Chinese.

    Raises:
        UserError: another language.
    """
    from sim.lab.language.language import speaking
    from sim.lab.reports.definitions import outcome_list

    with speaking(lang):
        return outcome_list(only)


def kinds(slot: str | None, only: str = "") -> str:
    """What one slot, or every slot, can be.

    Raises:
        UserError: there is no such slot, or no kind mentions `only`.
    """
    known = (*SLOTS, "trigger")
    if slot is not None and slot not in known:
        raise UserError(f"{slot} is not a slot{did_you_mean(slot, known)}; --kinds takes a slot, not a file")
    blocks = [_slot(name, only) for name in ((slot,) if slot else known) if name in REGISTRY]
    if not any(blocks):
        every = {kind for name in known for kind in REGISTRY.get(name, {})}
        raise UserError(f"no kind mentions {only}{did_you_mean(only, every, few=True)}")
    return "\n\n".join(block for block in blocks if block)


def _slot(slot: str, only: str) -> str:
    place = "regime.adjustment.triggers.<name>" if slot == "trigger" else f"regime.{slot}"
    found = kind_rows(slot).items()
    blocks = [f"{place}: {{kind: {kind}}}\n    {doc}{_settings(own)}" for kind, (doc, own) in found]
    return "\n".join(block for block in blocks if only.lower() in block.lower())


def _settings(own: list[Row]) -> str:
    lines = (f"\n    {row.path} = {show(row.value)}  [{_facts(row)}] {row.doc}" for row in own)
    return "".join(lines)


def _facts(row: Row) -> Any:
    return "; ".join(fact for fact in (row.unit, row.bounds, _source(row)) if fact)
