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
from typing import Any, Literal

from sim.core.errors import UserError
from sim.core.parameters import Settings, param
from sim.core.text import did_you_mean, nearest_word
from sim.scenario.document import Part, tree_of
from sim.scenario.loader import load
from sim.scenario.messages import Problems, show
from sim.scenario.node import NOWHERE, Place, plain
from sim.scenario.schema import Scenario
from sim.scenario.yaml_source import shown

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
    problems = Problems()
    tree = tree_of(path, problems)
    if tree is None:
        problems.add(Place(shown(path)), "is not a file of directions: it holds statements")
        raise UserError(str(problems))
    whole = Part(tree, (), problems)
    header = whole.own(Header, ("given", "bases", "statements")) or Header()
    usual = {"replications": header.replications, "record": [], **_settings(whole, "given")}
    last = dict(override or {}) | ({} if replications is None else {"replications": replications})
    reader = _Reader(dict(_bases(whole, path.parent, usual)), header.window, outcomes, last)
    statements = tuple(reader.statements(whole))
    problems.stop()
    if replications is not None:
        return Directions(replications, replications, statements)
    most = max(header.replications, header.most_replications)
    return Directions(header.replications, most, statements)


def _settings(part: Part, name: str) -> dict[str, Any]:
    return {one.path[-1]: one.node for one in part.entries(name, "settings (key: value)")}


def _bases(
    whole: Part, folder: Path, usual: dict[str, Any]
) -> Iterator[tuple[str, tuple[Path, dict[str, Any]]]]:
    """File and settings of every base, by its name."""
    if whole.child("bases") is None:
        whole.wrong("bases is missing: name the scenarios, as {four: {scenario: file.yaml}}")
    for base in whole.entries("bases", "scenarios by name, as {four: {scenario: file.yaml}}"):
        file = base.child("scenario") if base.is_mapping else None
        if file is None or not isinstance(file.node.value, str):
            base.wrong(f"{base.name} lacks scenario: the name of a scenario file")
            continue
        base.own(Settings, ("scenario", "given"))
        path = folder / file.node.value
        if path.is_file():
            yield base.path[-1], (path, {**usual, **_settings(base, "given")})
        else:
            file.wrong(f"{base.name}: there is no scenario file {shown(path)}")


@dataclass(frozen=True)
class _Reader:
    """What the statements of a file are checked against.

    Attributes:
        bases: file and settings by name.
        window: first and last quarter where a statement names no other.
        last: settings on top of all others.
    """

    bases: dict[str, tuple[Path, dict[str, Any]]]
    window: Window
    outcomes: Collection[str]
    last: dict[str, Any]

    def statements(self, whole: Part) -> Iterator[Direction]:
        """All that are right; of the others what is wrong is noted."""
        listed = whole.child("statements")
        if listed is None or not isinstance(listed.node.value, list) or not listed.node.value:
            shape = "{says: ..., base: ..., outcome: ..., expect: ...}"
            (listed or whole).wrong(f"statements is empty: list at least one, as {shape}")
            return
        seen = set[str]()
        for node in listed.node.value:
            part = listed.with_node(node)
            read = self._statement(part)
            if read is not None and read.said.says in seen:
                part.wrong(f'"{read.said.says}" is said twice')
            elif read is not None:
                seen.add(read.said.says)
                yield read

    def _statement(self, part: Part) -> Direction | None:
        if not part.is_mapping:
            part.wrong(f"statements: {show(plain(part.node))} is not a statement (says: ...)")
            return None
        before = len(part.problems.found)
        for name in NEEDED:
            if part.child(name) is None:
                part.wrong(f"statements: a statement lacks {name}")
        said = part.own(Said, ("base", "against", *SIDES))
        base, against = part.child("base"), part.child("against") or part.child("base")
        one = self._scenario(base, part, "change")
        is_level = against is not None and against.node.value == ZERO
        other = None if is_level else self._scenario(against, part, "than")
        if said is None or one is None or len(part.problems.found) > before:
            return None
        direction = Direction(said, one, other, said.window or self.window)
        self._check(direction, part)
        return direction

    def _scenario(self, named: Part | None, statement: Part, side: str) -> Scenario | None:
        """The scenario of a base with the statement's settings; its own errors are told as they are."""
        if named is None:
            return None
        name = str(named.node.value)
        if name not in self.bases:
            named.wrong(f"{show(plain(named.node))} is not one of the bases{did_you_mean(name, self.bases)}")
            return None
        path, usual = self.bases[name]
        own = {**_settings(statement, "given"), **_settings(statement, side)}
        try:
            return load(path, set={**usual, **own, **self.last})
        except UserError as error:
            for line in str(error).splitlines():
                named.problems.add(NOWHERE, line)
            return None

    def _check(self, one: Direction, part: Part) -> None:
        """The window, outcomes, and what goes with which expectation."""
        said, (first, last) = one.said, one.window
        horizon = min(side.horizon.quarters for side in (one.one, one.other) if side is not None)
        if not 0 <= first <= last <= horizon:
            window = f"window = [{first}, {last}]"
            part.wrong(f"{window} must be two quarters in order, at most {horizon} (the horizon)", "window")
        for name in ("outcome", "minus", "per"):
            word = getattr(said, name)
            if part.child(name) is None or word in self.outcomes or (name, word) == ("outcome", ALL):
                continue
            close = nearest_word(word, self.outcomes)
            hint = f"; did you mean {close}?" if close else "; sim describe --outcomes lists them"
            part.wrong(f"statements.{name} = {show(word)} is not an outcome{hint}", name)
        if said.outcome == ALL and said.expect != "same":
            part.wrong(f"outcome = {ALL} goes with expect: same only")
        if said.within is None and said.expect == "nothing":
            part.wrong("expect: nothing needs within (what counts as nothing)")
        if said.within is not None and said.expect != "nothing":
            part.wrong(f"within goes with expect: nothing, not with {said.expect}")
        if one.one == one.other:
            part.wrong(f'"{said.says}": nothing differs between the two sides')
