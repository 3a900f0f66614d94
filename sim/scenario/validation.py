"""From trees to typed, frozen settings, with every problem placed where it was written."""

import json
from collections.abc import Iterable
from typing import Any, get_args, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from sim.core.parameters import Settings
from sim.core.text import did_you_mean, nearest_word
from sim.rules.base import REGISTRY, SLOTS, Rule
from sim.rules.regime import Regime, null_kind
from sim.scenario.messages import Problems, explain, show
from sim.scenario.node import Node, Path, nearest, plain
from sim.scenario.patch import EMPTY

Loc = tuple[str | int, ...]


def settings[Kind: Settings](kind: type[Kind], node: Node, path: Path, problems: Problems) -> Kind | None:
    """Settings of a fixed type from a tree; None if there was a problem with them.

    Values are taken strictly: a text is no number and a number is no switch.
    """
    try:
        checked = kind.model_validate_json(json.dumps(plain(node)), strict=True)
    except ValidationError as failure:
        wrong = failure.errors()
        for error in wrong:
            _add(error, kind, node, path, problems)
        _check_the_rest(kind, node, path, [error["loc"] for error in wrong], problems)
        return None
    return checked if _consistent(checked, node, path, problems) else None


def _check_the_rest(
    kind: type[Settings], node: Node, path: Path, wrong: list[Loc], problems: Problems
) -> None:
    """Cross-checks of the objects in which nothing is wrong, so that all mistakes of a file are told at once."""
    tree = plain(node)
    for loc in wrong:
        _drop(tree, loc)
    try:
        checked = kind.model_validate_json(json.dumps(tree), strict=True)
    except ValidationError:
        return
    _consistent(checked, node, path, problems, untold=frozenset(loc[:-1] for loc in wrong))


def _drop(tree: Any, loc: Loc) -> None:
    """Remove the value at `loc` from nested mappings; of a list, all of it."""
    for place, name in enumerate(loc):
        if not isinstance(tree, dict) or name not in tree:
            return
        is_last = place == len(loc) - 1 or not isinstance(tree[name], dict)
        if is_last:
            del tree[name]
            return
        tree = tree[name]


def _add(error: Any, kind: type[Settings], node: Node, path: Path, problems: Problems) -> None:
    loc: Loc = error["loc"]
    at = nearest(node, loc)
    name = dotted((*path, *loc))
    if error["type"] == "extra_forbidden":
        problems.add(at.key_place, _unknown(name, str(loc[-1]), _class_at(kind, loc[:-1])))
        return
    if error["type"] == "missing" and loc and isinstance(loc[-1], int):
        name = dotted((*path, *loc[:-1]))
        error = {**error, "input": plain(at)}
    problems.add(at.place, explain(error, name, _field_at(kind, loc)))


def _unknown(name: str, word: str, kind: type[Settings] | None) -> str:
    """The message for a key that is not there; a rule says which other kind has it."""
    fields = list(kind.model_fields) if kind else []
    if kind is None or not issubclass(kind, Rule):
        return f"{name} is not a setting{did_you_mean(word, fields)}"
    of_kind = f"{name} is not a setting of kind {kind.model_fields['kind'].default}"
    known = REGISTRY.get(kind.slot, {})
    others = [other for other, rule in known.items() if word in rule.model_fields]
    if others and not nearest_word(word, fields):
        return f"{of_kind}; kind {' and kind '.join(others)} has it (set kind as well)"
    return of_kind + did_you_mean(word, fields)


def _field_at(kind: type[Settings], loc: Loc) -> FieldInfo | None:
    """The field an error is about; an item of a list is its list's field."""
    found: FieldInfo | None = None
    at: Any = kind
    for name in loc:
        if get_origin(at) is dict:
            at = get_args(at)[1]
            continue
        if not (isinstance(at, type) and issubclass(at, Settings)) or name not in at.model_fields:
            break
        found = at.model_fields[str(name)]
        at = found.annotation
    return found


def _class_at(kind: type[Settings], loc: Loc) -> type[Settings] | None:
    field = _field_at(kind, loc)
    at: Any = field.annotation if field else kind
    if get_origin(at) is dict:
        at = get_args(at)[1]
    return at if isinstance(at, type) and issubclass(at, Settings) else None


def _consistent(
    checked: Settings,
    node: Node,
    path: Path,
    problems: Problems,
    untold: frozenset[Loc] = frozenset(),
    at: Loc = (),
) -> bool:
    """Cross-checks of the settings and of all settings inside them, those at `untold` apart."""
    fine = True
    for name, complaint in checked.complaints() if at not in untold else ():
        problems.add(nearest(node, tuple(name.split("."))).place, f"{dotted((*path, name))}: {complaint}")
        fine = False
    for name in type(checked).model_fields:
        inner = getattr(checked, name)
        if isinstance(inner, Settings):
            below = node.child(name) or node
            fine = _consistent(inner, below, (*path, name), problems, untold, (*at, name)) and fine
    return fine


def regime(node: Node, problems: Problems, others: Regime | None = None) -> Regime | None:
    """A regime from a tree: each slot is the kind it names.

    Args:
        others: the rules of slots that the tree does not name; None for those of null kind.
    """
    path: Path = ("regime",)
    if not node.is_mapping:
        problems.add(node.place, f"regime = {show(plain(node))} is not settings (key: value)")
        return None
    refuse_unknown(node, SLOTS, path, problems)
    slots = SLOTS if others is None else [slot for slot in SLOTS if slot in node.value]
    rules = {slot: _slot(slot, node.child(slot) or EMPTY, (*path, slot), problems) for slot in slots}
    if None in rules.values():
        return None
    return Regime.model_validate(rules) if others is None else others.model_copy(update=rules)


def refuse_unknown(node: Node, known: Iterable[str], path: Path, problems: Problems) -> None:
    """One problem for every key that is not among `known`."""
    for name, child in node.value.items():
        if name not in known:
            text = f"{dotted((*path, name))} is not a setting{did_you_mean(name, known)}"
            problems.add(child.key_place, text)


def _slot(slot: str, node: Node, path: Path, problems: Problems) -> Rule | None:
    if slot != "adjustment" or not node.is_mapping or "triggers" not in node.value:
        return _rule(slot, node, path, problems)
    triggers = _triggers(node.value["triggers"], (*path, "triggers"), problems)
    without = node.with_value({**node.value, "triggers": node.value["triggers"].with_value({})})
    rule = _rule(slot, without, path, problems)
    if rule is None or triggers is None:
        return None
    fields = {name: getattr(rule, name) for name in type(rule).model_fields}
    return type(rule).model_validate({**fields, "triggers": triggers})


def _triggers(node: Node, path: Path, problems: Problems) -> dict[str, Rule] | None:
    if not node.is_mapping:
        text = f"{dotted(path)} = {show(plain(node))} is not triggers by name (name: {{kind: ...}})"
        problems.add(node.place, text)
        return None
    for name, child in node.value.items():
        if not name.isidentifier():
            text = f"{dotted((*path, name))}: a trigger's name is one word of letters, digits and _"
            problems.add(child.key_place, text)
    rules = {name: _rule("trigger", child, (*path, name), problems) for name, child in node.value.items()}
    return {name: rule for name, rule in rules.items() if rule} if all(rules.values()) else None


def _rule(slot: str, node: Node, path: Path, problems: Problems) -> Rule | None:
    """The registered class that the tree names, checked as settings."""
    known = REGISTRY[slot]
    if not node.is_mapping:
        meant = node.value if isinstance(node.value, str) and node.value in known else min(known)
        text = f"{dotted(path)} = {show(plain(node))} is not a rule; write {path[-1]}: {{kind: {meant}}}"
        problems.add(node.place, text)
        return None
    said = node.child("kind")
    kind = plain(said) if said else null_kind(slot)
    if isinstance(kind, str) and kind in known:
        return settings(known[kind], node, path, problems)
    close = nearest_word(str(kind), known)
    hint = f"; did you mean {close}?" if close else ""
    what = f".kind = {show(kind)} is unknown" if said else ": the kind is missing"
    text = f"{dotted(path)}{what}; kinds are {', '.join(sorted(known))}{hint}"
    problems.add(said.place if said else node.key_place, text)
    return None


def dotted(path: Loc) -> str:
    """`regime.posts.kind`; positions in lists are left out, for their value is shown."""
    return ".".join(name for name in path if isinstance(name, str))
