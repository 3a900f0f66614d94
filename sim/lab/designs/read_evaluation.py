"""From an evaluation file to a plan, every mistake of it with its line and column."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.core.errors import UserError
from sim.core.shipped import ANY, EVALUATION, file_named, strays
from sim.core.text import did_you_mean
from sim.lab.designs.arguments import whole
from sim.lab.designs.assignment import reformed, starts_of
from sim.lab.designs.evaluation_file import Assignment, Header, Pilots, Seen, number_of
from sim.lab.designs.plan import Plan, rule_places
from sim.lab.designs.points import Combined
from sim.lab.designs.provenance import code_content
from sim.lab.designs.study_file import Fixed
from sim.lab.designs.variants import variant_of
from sim.lab.estimates.estimators import ESTIMATORS, refuse_missing
from sim.lab.results.study import Factor
from sim.outcomes import OUTCOMES
from sim.scenario.document import Part, tree_of
from sim.scenario.loader import load
from sim.scenario.messages import Problems, show
from sim.scenario.node import NOWHERE, Place
from sim.scenario.schema import Scenario
from sim.scenario.sourced import from_python
from sim.scenario.yaml_source import shown

OWN = ("set", "variants", "assignment", "data")
YEAR = 4


def evaluation_plan(
    given: str | Path | Mapping[str, Any],
    replications: int | None = None,
    seed: int | None = None,
    allow: Collection[str | Path] = (),
) -> Plan:
    """The plan of an evaluation: every variant of the scenario, at every number of treated places.

    Args:
        given: the path of an evaluation file, or a mapping of the same form.
        replications: pilots, instead of those that the file asks for.
        seed: instead of the file's.
        allow: scenario files that may be read although they lie outside the evaluation's folder.

    Raises:
        UserError: every mistake of the file, with line and column; an estimator's library is not installed.
    """
    problems = Problems()
    said, folder = _opened(given, problems)
    header, assignment, data = (
        said.own(Header, OWN),
        _part(said, "assignment", Assignment),
        _part(said, "data", Seen),
    )
    if header is None or assignment is None or data is None:
        problems.stop()
        raise UserError("the evaluation could not be read")
    _check_words(said, header, data)
    chosen = header.seed if seed is None else whole("seed", seed, 0)
    pilots = header.replications if replications is None else whole("replications", replications, 2)
    scenarios = _scenarios(said, header, folder, allow if said.place.line else None, chosen)
    if not scenarios:
        problems.stop()
    asked = _Asked(said, scenarios[0], assignment, data)
    asked.check()
    problems.stop()
    names = header.estimators or tuple(ESTIMATORS)
    refuse_missing(names)
    made = Pilots(*asked.completed(), names, -(-pilots // asked.assignment.draws), chosen)
    _check_placed(scenarios, made)
    return _plan(header, scenarios, made, pilots)


def is_evaluation(path: str | Path) -> bool:
    """Whether a file asks for an evaluation: it has `assignment`.

    Raises:
        UserError: the file cannot be read.
    """
    node = tree_of(file_named(path, kinds=ANY), Problems())
    return node is not None and "assignment" in node.value


def evaluation_header(path: str | Path) -> Header:
    """How an evaluation file names itself, and what it asks.

    Raises:
        UserError: it is no evaluation, or its own settings are wrong.
    """
    problems = Problems()
    header = _opened(path, problems)[0].own(Header, OWN)
    problems.stop()
    assert header is not None  # otherwise there are problems
    return header


def _opened(given: Any, problems: Problems) -> tuple[Part, Path]:
    if isinstance(given, Mapping):
        return Part(from_python(given, Place("evaluation"), problems), (), problems), Path()
    if not isinstance(given, (str, Path)):
        raise UserError(f"an evaluation is a path or a mapping, not {type(given).__name__}")
    path = file_named(given, kinds=(EVALUATION,))
    node = tree_of(path, problems)
    if node is None:
        problems.stop()
        raise UserError(f"{shown(path)} is not an evaluation: it holds no settings (key: value)")
    if "assignment" not in node.value:
        raise UserError(
            f"{shown(path)} is not an evaluation: it has no assignment; write assignment: {{treated: [2]}}"
        )
    return Part(node, (), problems), path.parent


def _part[Kind: (Assignment, Seen)](said: Part, name: str, kind: type[Kind]) -> Kind | None:
    part = said.child(name)
    if part is None or part.is_empty:
        return kind()
    if not part.is_mapping:
        part.is_not("settings (key: value)")
        return None
    return part.settings(kind)


def _check_words(said: Part, header: Header, data: Seen) -> None:
    """Note estimators and outcomes that there are not, and outcomes that are both reported and true."""
    for name in header.estimators:
        if name not in ESTIMATORS:
            known = did_you_mean(name, ESTIMATORS) or f"; there are {', '.join(ESTIMATORS)}"
            said.wrong(f"estimators: there is no estimator {name}{known}", at="estimators")
    part = said.child("data") or said
    for where, names in (("reported", data.reported), ("true", data.true), ("judge", (data.judge,))):
        for name in names:
            if name not in OUTCOMES:
                part.wrong(
                    f"data.{where}: there is no outcome {name}{did_you_mean(name, OUTCOMES)}", at=where
                )
    for name in sorted({*data.reported} & {*data.true, data.judge}):
        part.wrong(f"data.reported: {name} is among the true outcomes too", at="reported")
    if not data.reported and not data.true:
        part.wrong("data: name at least one outcome, reported or true")


def _scenarios(
    said: Part, header: Header, folder: Path, allow: Collection[str | Path] | None, seed: int
) -> list[Scenario]:
    """The scenario with the file's settings, or its variants."""
    if not header.scenario:
        said.wrong("scenario is missing: name the scenario file whose timeline is the reform")
        return []
    path = file_named(header.scenario, folder)
    outside = strays(path, folder, allow) if allow is not None else ""
    if outside:
        said.wrong(f"scenario: {header.scenario} {outside}", at="scenario")
        return []
    common = {part.path[-1]: part.node for part in said.entries("set", "settings (key: value)")}
    try:
        base = load(path, {**common, "seed": seed, "record": []}, allow=[path])
    except UserError as error:
        for line in str(error).splitlines():
            said.problems.add(NOWHERE if path.is_file() else said.place, line)
        return []
    return _variants(said, base) or [base]


def _variants(said: Part, base: Scenario) -> list[Scenario]:
    variants: list[Scenario] = []
    for one in said.entries("variants", "names with settings (name: {key: value})"):
        try:
            variants.append(variant_of([*variants, base], one.path[-1], one.node.value))
        except UserError as error:
            for line in str(error).splitlines():
                one.wrong_key(f"{one.name}: {line}")
    return variants


class _Asked:
    """An assignment and the data held against a scenario."""

    def __init__(self, said: Part, scenario: Scenario, assignment: Assignment, data: Seen) -> None:
        self.said, self.scenario = said, scenario
        self.assignment, self.data = assignment, data
        self.new_cities = scenario.world.new_cities
        self.horizon = scenario.horizon.quarters
        after = assignment.after or scenario.changes[:1]
        self.after: Sequence[int] = sorted(after)
        self.lengths = data.lengths or ((self.horizon - self.after[0],) if self.after else ())

    def completed(self) -> tuple[Assignment, Seen]:
        """With starts and lengths, and the numbers of treated places that there are."""
        alike = {"given": float(len(self.assignment.places)), "all": float(len(self.new_cities))}
        choose = self.assignment.choose
        numbers = (alike[choose],) if choose in alike else self.assignment.treated
        starts = {"after": tuple(self.after), "treated": numbers}
        return self.assignment.model_copy(update=starts), self.data.model_copy(
            update={"lengths": tuple(self.lengths)}
        )

    def check(self) -> None:
        """Note whatever does not go together."""
        if not self.scenario.timeline:
            text = f"scenario: {self.scenario.name} has no timeline, so there is no reform to try out"
            self.said.wrong(text, at="scenario")
            return
        if any("where" in entry for entry in self.scenario.resolved()["timeline"]):
            self.said.wrong(
                "scenario: its timeline says where already; the assignment says it here", at="scenario"
            )
        self._check_places()
        self._check_starts()
        self._check_lengths()
        if self.data.every == "year":
            self._check_years()

    def _wrong(self, part: str, key: str, text: str) -> None:
        (self.said.child(part) or self.said).wrong(f"{part}.{key}: {text}", at=key)

    def _check_places(self) -> None:
        count, asked = len(self.new_cities), self.assignment
        if asked.choose == "given":
            for name in asked.places:
                if name not in self.new_cities:
                    known = did_you_mean(name, self.new_cities) or f"; there are {', '.join(self.new_cities)}"
                    self._wrong("assignment", "places", f"there is no new city {name}{known}")
            if not 1 <= len(set(asked.places)) < count:
                self._wrong("assignment", "places", self._untreated(len(set(asked.places))))
        elif asked.choose == "drawn":
            for number in asked.treated:
                if number > 1 and number != int(number):
                    self._wrong(
                        "assignment",
                        "treated",
                        f"{show(number)} is neither a whole number nor a share below 1",
                    )
                elif not 1 <= number_of(number, count) < count:
                    self._wrong("assignment", "treated", self._untreated(number_of(number, count)))
        elif len(self.after) < 2:
            text = (
                "all are reformed at once, which leaves no untreated place: give several quarters in `after`"
            )
            self._wrong("assignment", "choose", text)

    def _untreated(self, number: int) -> str:
        count = len(self.new_cities)
        left = "leaves no untreated place" if number >= count else "reforms nothing"
        return f"{number} of {count} new cities {left}: from 1 to {count - 1}"

    def _check_starts(self) -> None:
        if len(set(self.after)) < len(self.after):
            self._wrong("assignment", "after", "a quarter is there twice")
        before = self.after[0] - self.data.first + 1
        least = 2 * YEAR if self.data.every == "year" else 2
        if before < least:
            text = f"{max(before, 0)} quarters are seen before the first start: at least {least} are needed"
            self._wrong("assignment", "after", text)
        if self.after[-1] >= self.horizon:
            self._wrong(
                "assignment",
                "after",
                f"quarter {self.after[-1]} is not before the horizon's end, {self.horizon}",
            )

    def _check_lengths(self) -> None:
        first, last = self.after[0], self.after[-1]
        most = (last if self.assignment.choose == "all" else self.horizon) - first
        least = 1 if self.assignment.choose == "all" else last - first + 1
        for length in self.lengths:
            if not least <= length <= most:
                text = f"{length} quarters after the first start: from {least} to {most}"
                why = ", as long as some place is untreated" if self.assignment.choose == "all" else ""
                self._wrong("data", "lengths", text + why)

    def _check_years(self) -> None:
        odd = [one for one in (self.data.first - 1, *self.after, *self.lengths) if one % YEAR]
        if odd:
            text = "years are seen: `first` begins one, starts and lengths are whole ones (multiples of 4)"
            self._wrong("data", "every", text)


def _check_placed(scenarios: list[Scenario], pilots: Pilots) -> None:
    """Make sure that the reform can be made in some places only.

    Raises:
        UserError: what cannot.
    """
    for one in scenarios:
        new_cities = one.world.new_cities
        reformed(
            one, starts_of(pilots, new_cities, number_of(pilots.assignment.treated[0], len(new_cities)), 0)
        )


def _plan(header: Header, scenarios: list[Scenario], pilots: Pilots, replications: int) -> Plan:
    treated = pilots.assignment.treated
    names = tuple(one.name for one in scenarios)
    return Plan(
        name=header.name,
        question=header.question,
        scenarios={one.name: one.resolved() for one in scenarios},
        baseline=None,
        factors=(Factor("treated", "lever", values=treated, unit="new cities"),),
        concerned=(names,),
        design={"kind": "grid"},
        points=Combined((treated,)),
        outcomes=(),
        window=(pilots.data.first, scenarios[0].horizon.quarters),
        rule=Fixed.model_construct(replications=replications),
        smallest_effects={},
        headlines=(),
        code=code_content(),
        rules=rule_places(),
        evaluation=pilots.written(),
    )
