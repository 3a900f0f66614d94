"""A file of directions: statements that any expert would sign, in a form that can be run.

    replications: 40                  # more only where a statement is not decided: most_replications
    window: [9, 20]
    given: {horizon.quarters: 20}     # in every run
    bases:                            # scenarios, relative to this file, with settings of their own
      four: {scenario: ../four_systems.yaml}
      strict: {scenario: ../four_systems.yaml, given: {regime.appraisal.incompetent_share: 0.1}}
    statements:
      - says: whoever may be flagged works harder
        base: four
        against: strict               # another base; by default the same one; zero: the level itself is judged
        given: {behaviour.risk.share: 0}             # on both sides
        change: {regime.adjustment.enforcement: 1}   # of the base only
        than: {regime.adjustment.enforcement: 0}     # on the other side only
        outcome: effort               # all: every recorded outcome, with same
        expect: up                    # up, down, nothing (within: the smallest effect that counts), same

It is read as a scenario is: places are kept, everything wrong is told at once, before anything runs.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

from sim.core.errors import UserError
from sim.core.parameters import Settings, param
from sim.core.text import did_you_mean, nearest_word
from sim.scenario.loader import load
from sim.scenario.messages import Problems, show
from sim.scenario.node import NOWHERE, Node, Place, plain
from sim.scenario.schema import Scenario
from sim.scenario.validation import settings
from sim.scenario.yaml_source import parse, read_text, shown

ALL = "all"
ZERO = "zero"
SIDES = ("given", "change", "than")
NEEDED = ("says", "base", "outcome", "expect")
Window = tuple[int, int]


class Header(Settings):
    """How the statements of a file are run."""

    replications: int = param(40, unit="replications", source="design", ge=3, le=10_000, doc="Of every run.")
    most_replications: int = param(
        160, unit="replications", source="design", ge=3, le=10_000, doc="Where a statement is not decided."
    )
    window: tuple[int, int] = param(
        (9, 20),
        unit="quarters",
        source="design",
        doc="First and last quarter that outcomes are averaged over.",
    )


class Said(Settings):
    """One statement as written, its settings and scenarios apart."""

    says: str = param("", unit="text", source="design", doc="The statement in words.")
    outcome: str = param("", unit="outcome", source="design", doc="Whose direction it states.")
    minus: str = param("", unit="outcome", source="design", doc="Taken from the outcome.")
    per: str = param("", unit="outcome", source="design", doc="What the outcome is divided by.")
    expect: Literal["up", "down", "nothing", "same"] = param(
        "same", unit="choice", source="design", doc="same: the same number to the last bit."
    )
    within: float | None = param(
        None, unit="that of the outcome", source="design", gt=0, doc="With nothing: what counts as nothing."
    )
    window: tuple[int, int] | None = param(
        None, unit="quarters", source="design", doc="By default that of the file."
    )
    quick: bool = param(False, unit="switch", source="design", doc="Whether it is in the quick subset.")
    source: str = param("", unit="text", source="design", doc="Where it is taken from, as in P25.")


@dataclass(frozen=True)
class Direction:
    """A checked statement: `one` less `other` (None: less nothing) has the sign `said.expect`."""

    said: Said
    one: Scenario
    other: Scenario | None
    window: Window


@dataclass(frozen=True)
class Directions:
    """A checked file."""

    replications: int
    most_replications: int
    statements: tuple[Direction, ...]


def read_directions(
    path: Path,
    outcomes: Collection[str],
    override: Mapping[str, Any] | None = None,
    replications: int | None = None,
) -> Directions:
    """The statements of a file, checked.

    Args:
        path: the file.
        outcomes: the outcomes that there are.
        override: settings on top of every run's.
        replications: instead of the file's; nothing is then run with more.

    Raises:
        UserError: everything that is wrong, one line each.
    """
    problems, name = Problems(), shown(path)
    tree = parse(read_text(path), name, problems)
    if tree is None or not tree.is_mapping:
        problems.add(Place(name), "is not a file of directions: it holds statements")
        problems.stop()
        raise UserError(f"{name} could not be read")
    _refuse(tree, (*Header.model_fields, "given", "bases", "statements"), problems)
    own = {key: child for key, child in tree.value.items() if key in Header.model_fields}
    header = settings(Header, tree.with_value(own), (), problems)
    last = dict(override or {}) | ({} if replications is None else {"replications": replications})
    reader = _Reader(tree, path.parent, header or Header(), set(outcomes), last, problems)
    found = tuple(reader.statements(tree))
    problems.stop()
    if header is None:
        raise UserError(f"{name} could not be read")
    first = header.replications if replications is None else replications
    most = max(first, header.most_replications) if replications is None else first
    return Directions(first, most, found)


def _refuse(node: Node, known: Collection[str], problems: Problems) -> None:
    for key, child in node.value.items():
        if key not in known:
            problems.add(child.key_place, f"{key} is not a setting{did_you_mean(key, known)}")


class _Base(NamedTuple):
    """A scenario file with settings of its own."""

    path: Path
    given: dict[str, Any]


class _Reader:
    """What the statements of a file are checked against."""

    def __init__(
        self,
        tree: Node,
        folder: Path,
        header: Header,
        outcomes: set[str],
        last: dict[str, Any],
        problems: Problems,
    ) -> None:
        self.header, self.outcomes, self.problems = header, outcomes, problems
        self.usual = {"replications": header.replications, "record": [], **self._settings(tree, "given")}
        self.last = last
        self.bases = dict(self._bases(tree, folder))

    def _bases(self, tree: Node, folder: Path) -> Iterator[tuple[str, _Base]]:
        listed = tree.child("bases")
        if listed is None or not listed.is_mapping:
            self.problems.add(
                tree.place, "bases is missing: name the scenarios, as {four: {scenario: file.yaml}}"
            )
            return
        for name, node in listed.value.items():
            file = node.child("scenario")
            if not node.is_mapping or file is None or not isinstance(file.value, str):
                self.problems.add(node.place, f"bases.{name} lacks scenario: the name of a scenario file")
                continue
            _refuse(node, ("scenario", "given"), self.problems)
            path = folder / file.value
            if not path.is_file():
                self.problems.add(file.place, f"bases.{name}: there is no scenario file {shown(path)}")
                continue
            yield name, _Base(path, self._settings(node, "given"))

    def statements(self, tree: Node) -> Iterator[Direction]:
        """All that are right; of the others what is wrong is noted."""
        listed = tree.child("statements")
        if listed is None or not isinstance(listed.value, list) or not listed.value:
            text = (
                "statements is empty: list at least one, as {says: ..., base: ..., outcome: ..., expect: ...}"
            )
            self.problems.add(listed.place if listed else tree.place, text)
            return
        seen = set[str]()
        for node in listed.value:
            found = self._statement(node)
            if found is not None and found.said.says in seen:
                self.problems.add(node.place, f'"{found.said.says}" is said twice')
            elif found is not None:
                seen.add(found.said.says)
                yield found

    def _settings(self, node: Node, name: str) -> dict[str, Any]:
        child = node.child(name)
        if child is None:
            return {}
        if child.is_mapping:
            return dict(child.value)
        self.problems.add(child.place, f"{name} = {show(plain(child))} is not settings (key: value)")
        return {}

    def _statement(self, node: Node) -> Direction | None:
        if not node.is_mapping:
            self.problems.add(node.place, f"statements: {show(plain(node))} is not a statement (says: ...)")
            return None
        before = len(self.problems.found)
        _refuse(node, (*Said.model_fields, "base", "against", *SIDES), self.problems)
        for name in NEEDED:
            if node.child(name) is None:
                self.problems.add(node.place, f"statements: a statement lacks {name}")
        own = {key: child for key, child in node.value.items() if key in Said.model_fields}
        said = settings(Said, node.with_value(own), ("statements",), self.problems)
        base, against = node.child("base"), node.child("against") or node.child("base")
        one = self._scenario(base, node, "change")
        is_level = against is not None and against.value == ZERO
        other = None if is_level else self._scenario(against, node, "than")
        if said is None or one is None or len(self.problems.found) > before:
            return None
        window = self._window(said, node, [one] if other is None else [one, other])
        self._check(said, node)
        if one == other:
            self.problems.add(node.place, f'"{said.says}": nothing differs between the two sides')
        return Direction(said, one, other, window)

    def _scenario(self, named: Node | None, node: Node, side: str) -> Scenario | None:
        """The scenario of a base with the statement's settings; its own errors are told as they are."""
        if named is None:
            return None
        base = self.bases.get(str(named.value))
        if base is None:
            text = f"{show(plain(named))} is not one of the bases{did_you_mean(str(named.value), self.bases)}"
            self.problems.add(named.place, text)
            return None
        own = {**self._settings(node, "given"), **self._settings(node, side)}
        try:
            return load(base.path, set={**self.usual, **base.given, **own, **self.last})
        except UserError as error:
            for line in str(error).splitlines():
                self.problems.add(NOWHERE, line)
            return None

    def _window(self, said: Said, node: Node, sides: list[Scenario]) -> Window:
        first, last = said.window or self.header.window
        horizon = min(side.horizon.quarters for side in sides)
        if not 0 <= first <= last <= horizon:
            at = node.child("window") or node
            text = (
                f"window = [{first}, {last}] must be two quarters in order, at most {horizon} (the horizon)"
            )
            self.problems.add(at.place, text)
        return first, last

    def _check(self, said: Said, node: Node) -> None:
        """Outcomes, and what goes with which expectation."""
        for name in ("outcome", "minus", "per"):
            word = getattr(said, name)
            at = node.child(name)
            if at is None or word in self.outcomes or (name == "outcome" and word == ALL == said.outcome):
                continue
            close = nearest_word(word, self.outcomes)
            hint = f"; did you mean {close}?" if close else "; sim describe --outcomes lists them"
            self.problems.add(at.place, f"statements.{name} = {show(word)} is not an outcome{hint}")
        if said.outcome == ALL and said.expect != "same":
            self.problems.add(node.place, f"outcome = {ALL} goes with expect: same only")
        if (said.within is None) == (said.expect == "nothing"):
            text = (
                "expect: nothing needs within (what counts as nothing)"
                if said.within is None
                else (f"within goes with expect: nothing, not with {said.expect}")
            )
            self.problems.add(node.place, text)
