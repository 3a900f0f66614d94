"""From laid-out layers to a checked scenario."""

from typing import Any

from sim.core.parameters import Settings
from sim.people.founding import departments_by_kind
from sim.scenario.messages import Problems, show
from sim.scenario.node import Node, leaves
from sim.scenario.node import Path as Keys
from sim.scenario.patch import EMPTY
from sim.scenario.roster.into_scenario import checked_roster
from sim.scenario.schema import Change, Header, Horizon, Origin, Scenario
from sim.scenario.timeline import Layers, Stage, stages
from sim.scenario.validation import refuse_unknown, regime, settings
from sim.settings.behaviour import Behaviour
from sim.settings.place import Structure, World

PARTS: dict[str, type[Settings]] = {"world": World, "structure": Structure, "behaviour": Behaviour}
TOP = (*Header.model_fields, *PARTS, "regime")
"""The keys of a scenario, `extends` and `timeline` apart."""


def build(layers: Layers, problems: Problems) -> Scenario | None:
    """The scenario, or None with every problem noted."""
    base = layers.base
    refuse_unknown(base, (*TOP, "extends", "timeline"), (), problems)
    fields = _header(base, problems)
    for name, kind in PARTS.items():
        fields[name] = settings(kind, base.child(name) or EMPTY, (name,), problems)
    fields["world"] = checked_roster(fields["world"], base, layers.roster, problems)
    fields["regime"] = regime(base.child("regime") or EMPTY, problems)
    reached = stages(layers, problems)
    changes = [_change(stage, problems) for stage in reached]
    _check_quarters(reached, base, problems)
    if not problems:
        _check_structures(reached, fields, changes, problems)
    if problems:
        return None
    scenario = Scenario.model_validate({**fields, "timeline": tuple(changes)})
    return scenario.with_origins((_origins(base), *(_origins(stage.tree) for stage in reached)))


def _header(base: Node, problems: Problems) -> dict[str, Any]:
    """The checked values of how a scenario is named and run."""
    own = {key: child for key, child in base.value.items() if key in Header.model_fields}
    header = settings(Header, base.with_value(own), (), problems)
    return {name: getattr(header, name) for name in Header.model_fields} if header else {}


def _change(stage: Stage, problems: Problems) -> Change | None:
    after = regime(stage.tree.child("regime") or EMPTY, problems)
    behaviour = settings(Behaviour, stage.tree.child("behaviour") or EMPTY, ("behaviour",), problems)
    structure = settings(Structure, stage.tree.child("structure") or EMPTY, ("structure",), problems)
    if after is None or behaviour is None or structure is None:
        return None
    return Change(
        quarter=stage.quarter,
        touched=stage.touched,
        regime=after,
        behaviour=behaviour,
        structure=structure,
    )


def _check_quarters(reached: list[Stage], base: Node, problems: Problems) -> None:
    """A change must fall between the founding and the quarter before the last."""
    last = _quarters(base) - 1
    for stage in reached:
        if not 0 <= stage.quarter <= last:
            allowed = f"0 to {last}, one less than horizon.quarters"
            text = f"timeline.quarter = {show(stage.quarter)} is outside the horizon ({allowed})"
            problems.add(stage.place, text)


def _check_structures(
    reached: list[Stage], fields: dict[str, Any], changes: list[Change | None], problems: Problems
) -> None:
    """A reorganisation merges departments; it cannot found any."""
    world: World = fields["world"]
    for stage, change in zip(reached, changes, strict=True):
        _refuse_fixed(
            stage, fields["structure"], change.structure if change else fields["structure"], problems
        )
    there = departments_by_kind(world, fields["structure"])
    if world.roster:
        _keep_roster(reached, there, changes, world, problems)
        return
    for stage, change in zip(reached, changes, strict=True):
        after = departments_by_kind(world, change.structure) if change else there
        for (organisation, kind), number in after.items():
            if number > there[organisation, kind]:
                text = (
                    f"timeline.set.structure: {organisation} would get {number} {kind} departments after quarter "
                    f"{stage.quarter} where it has {there[organisation, kind]}; "
                    "a reorganisation merges departments and founds none"
                )
                problems.add(stage.place, text)
        there = {key: min(number, after[key]) for key, number in there.items()}


FOUNDING_ONLY = (
    ("department_size",),
    ("manager_share",),
    ("rank_shares",),
    ("posts_by_rank",),
    ("area_level", "interdependence"),
    ("new_cities", "interdependence"),
    ("parks", "number"),
)
"""Settings of the structure that only say what is founded; a later change of them would move nothing."""


def _refuse_fixed(stage: Stage, founded: Structure, after: Structure, problems: Problems) -> None:
    """What exists cannot be founded otherwise."""
    for path in FOUNDING_ONLY:
        before, now = founded, after
        for name in path:
            before, now = getattr(before, name), getattr(now, name)
        if before != now:
            key = ".".join(path)
            text = f"timeline.set.structure.{key}: it only says what is founded; a timeline cannot change it"
            problems.add(stage.place, text)


def _keep_roster(
    reached: list[Stage],
    there: dict[tuple[str, str], int],
    changes: list[Change | None],
    world: World,
    problems: Problems,
) -> None:
    """The departments of a roster are those of real people: none is merged here."""
    for stage, change in zip(reached, changes, strict=True):
        if change and departments_by_kind(world, change.structure) != there:
            text = (
                "timeline.set.structure: departments cannot be merged where world.roster says which there are"
            )
            problems.add(stage.place, text)


def _quarters(base: Node) -> int:
    """The horizon, as far as it can be told: another error may stand beside it."""
    horizon = base.child("horizon") or EMPTY
    said = horizon.child("quarters")
    return said.value if said and isinstance(said.value, int) else Horizon().quarters


def _origins(tree: Node) -> dict[Keys, Origin]:
    """Where every value of a tree was set."""
    return {path: Origin(str(leaf.place), leaf.source, leaf.note) for path, leaf in leaves(tree)}
