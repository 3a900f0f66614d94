"""A plan: everything that decides the results of a study, as a file that every worker can read."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.core.arrays import Floats
from sim.core.errors import UserError
from sim.core.fingerprint import fingerprint
from sim.lab.designs.arguments import whole
from sim.lab.designs.chunks import replications_together
from sim.lab.designs.factors import varied
from sim.lab.designs.kinds import check_design, parts
from sim.lab.designs.mixtures import check_same_place, mixture
from sim.lab.designs.points import Points, points_of, read_points
from sim.lab.designs.provenance import code_content
from sim.lab.designs.read_study import read_study
from sim.lab.designs.side_by_side import last_quarters_of
from sim.lab.designs.study_file import Coalitions, Fixed, Sequential, StudyFile
from sim.lab.estimates.effects import Window
from sim.lab.results.checked import LAYOUT, Damaged, read_record
from sim.lab.results.manifest import Change
from sim.lab.results.study import Factor
from sim.scenario.loader import load
from sim.scenario.messages import Problems
from sim.scenario.node import Place

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario

PLAN = "plan.json"
OPTION = re.compile(r"^set \S+: ")
"""How a message on a single setting begins that came from no file."""
MOST_TOLD = 20
"""Points whose mistakes an error message lists."""


class Point(NamedTuple):
    """One point of a design: its number and the values of the factors."""

    number: int
    values: tuple[Any, ...]


@dataclass(frozen=True, eq=False)
class Plan:
    """Everything that decides the results of a study.

    Attributes:
        name, question: of the study.
        scenarios: the resolved scenarios by name, the baseline among them.
        baseline: name of the baseline, or None.
        factors: what is varied.
        concerned: for each factor the names of the scenarios it is set in.
        design: kind of the design and its settings.
        points: the values of every factor at every point, each made when it is asked for.
        outcomes: names of the outcomes that are kept; empty for all.
        window: first and last quarter over which they are averaged.
        rule: how many replications.
        smallest_effects: by outcome.
        headlines: conclusions to be questioned.
        code: hash of the code.
        rules: modules of further rules, with the folders they are in.
        changed: what was changed from the file, as path, old and new value.
        evaluation: what pilots are made and how they are looked at, where that is asked instead of outcomes.
    """

    name: str
    question: str
    scenarios: Mapping[str, Mapping[str, Any]]
    baseline: str | None
    factors: tuple[Factor, ...]
    concerned: tuple[tuple[str, ...], ...]
    design: Mapping[str, Any]
    points: Points
    outcomes: tuple[str, ...]
    window: Window
    rule: Fixed | Sequential
    smallest_effects: Mapping[str, float]
    headlines: tuple[str, ...]
    code: str
    rules: tuple[tuple[str, str], ...] = ()
    changed: tuple[Change, ...] = ()
    evaluation: Mapping[str, Any] | None = None

    @property
    def units(self) -> Floats:
        """The points' places in the unit cube, shape (points, factors); NaN where they have none."""
        return self.points.units

    @property
    def mixes(self) -> bool:
        """Whether points mix the parts of two regimes."""
        return str(self.design["kind"]) == "coalitions"

    @property
    def simulated(self) -> list[str]:
        """Names of the scenarios that run at every point."""
        names = list(self.scenarios)
        return [name for name in names if name != self.baseline] if self.mixes else names

    @property
    def most(self) -> int:
        """Replications of a scenario at a point, at most."""
        return self.rule.replications if isinstance(self.rule, Fixed) else self.rule.most

    @property
    def least(self) -> int:
        """Replications of a scenario at a point, at least."""
        return self.rule.replications if isinstance(self.rule, Fixed) else self.rule.least

    @cached_property
    def _loaded(self) -> "dict[str, Scenario]":
        return {name: load(one) for name, one in self.scenarios.items()}

    @cached_property
    def replications_together(self) -> int:
        """Replications that are simulated in one go, whatever the scenario."""
        return min(map(replications_together, self._loaded.values()))

    def scenario(self, name: str, point: int) -> "Scenario":
        """A scenario as it is at a point.

        Raises:
            UserError: the values do not go together.
        """
        if self.evaluation is not None:
            return self._loaded[name]
        values = self.points[point]
        if self.mixes:
            taken = [factor.name for factor, is_in in zip(self.factors, values, strict=True) if is_in]
            return mixture(self._loaded[str(self.baseline)], self._loaded[name], taken)
        triples = zip(self.factors, self.concerned, values, strict=True)
        settings = {factor.name: value for factor, names, value in triples if name in names}
        return self._loaded[name].with_(**settings) if settings else self._loaded[name]

    @cached_property
    def deciding(self) -> dict[str, Any]:
        """What decides the results, part by part, as JSON would hold it."""
        evaluation = {} if self.evaluation is None else {"evaluation": dict(self.evaluation)}
        return {
            "scenarios": dict(self.scenarios),
            "baseline": self.baseline,
            "factors": [factor.written() for factor in self.factors],
            "concerned": [list(names) for names in self.concerned],
            "design": dict(self.design),
            "points": self.points.written,
            "outcomes": list(self.outcomes),
            "window": list(self.window),
            "replications": self.rule.model_dump(mode="json"),
            "code": self.code,
            "layout": LAYOUT,
            **evaluation,
        }

    @cached_property
    def hash(self) -> str:
        """The same for equal plans."""
        return fingerprint("study", self.deciding)

    @property
    def written(self) -> dict[str, Any]:
        """The plan as a record, with what does not decide the results."""
        more = {
            "name": self.name,
            "question": self.question,
            "smallest_effects": dict(self.smallest_effects),
            "headlines": list(self.headlines),
            "rules": [list(rule) for rule in self.rules],
            "changed": list(self.changed),
            "hash": self.hash,
        }
        return {**self.deciding, **more}


def read_plan(folder: Path) -> Plan:
    """The plan that was written into a folder.

    Raises:
        UserError: there is none.
        Damaged: it is not what was written.
    """
    path = folder / PLAN
    try:
        given = read_record(path, "the plan of a study", "layout")
        rule = given["replications"]
        factors = tuple(Factor.read(one) for one in given["factors"])
        concerned = tuple(tuple(names) for names in given["concerned"])
        plan = Plan(
            name=given["name"],
            question=given["question"],
            scenarios=given["scenarios"],
            baseline=given["baseline"],
            factors=factors,
            concerned=concerned,
            design=given["design"],
            points=read_points(given["points"], given["design"], factors, concerned),
            outcomes=tuple(given["outcomes"]),
            window=(given["window"][0], given["window"][1]),
            rule=(Sequential if "half_widths" in rule else Fixed).model_validate(rule),
            smallest_effects=given["smallest_effects"],
            headlines=tuple(given.get("headlines", ())),
            code=given["code"],
            rules=tuple((module, place) for module, place in given["rules"]),
            changed=tuple(given.get("changed", ())),
            evaluation=given.get("evaluation"),
        )
    except (FileNotFoundError, NotADirectoryError):
        reason = f"it has no {PLAN}" if folder.is_dir() else "there is no such folder"
        raise UserError(f"{folder} holds no study: {reason}") from None
    except (OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError) as error:
        said = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
        raise Damaged(f"{path} is damaged ({said}); start again with --again") from None
    if plan.hash != given.get("hash"):
        raise Damaged(f"{path} is not what was written; start again with --again")
    return plan


def plan_of(
    given: Any,
    replications: int | None = None,
    seed: int | None = None,
    allow: Collection[str | Path] = (),
) -> Plan:
    """The plan that a study file asks for.

    Args:
        given: the path of a study file, or a mapping of the same form.
        replications: instead of those that the file asks for.
        seed: instead of the file's.
        allow: scenario files that may be read although they lie outside the study's folder.

    Raises:
        UserError: every mistake of the file, with line and column.
    """
    problems = Problems()
    study = read_study(given, problems, allow)
    if study is None or not study.scenarios:
        problems.stop()
    assert study is not None  # otherwise there are problems
    own_seed = study.header.seed
    if seed is not None:
        seeded = tuple(one.with_(seed=whole("seed", seed, 0)) for one in study.scenarios)
        study = StudyFile(**{**vars(study), "scenarios": seeded})
    factors = varied(study, problems)
    if study.node.child("design") is not None:
        check_design(study, factors, problems)
    window = _window(study, problems)
    if isinstance(study.design, Coalitions) and not problems:
        _check_mixable(study, problems)
    problems.stop()
    rule = (
        study.replications
        if replications is None
        else Fixed(replications=whole("replications", replications, 1))
    )
    is_mixed = isinstance(study.design, Coalitions)
    return Plan(
        name=study.header.name,
        question=study.header.question,
        scenarios={one.name: one.resolved() for one in study.scenarios},
        baseline=study.baseline,
        factors=tuple(parts()) if is_mixed else tuple(one.factor for one in factors),
        concerned=((),) * len(parts()) if is_mixed else tuple(one.scenarios for one in factors),
        design=study.design.model_dump(
            mode="json", exclude={"points"} if study.design.kind == "list" else set()
        ),
        points=points_of(study.design, factors),
        outcomes=study.header.outcomes,
        window=window,
        rule=rule,
        smallest_effects=study.header.smallest_effects,
        headlines=study.header.headlines,
        code=code_content(),
        rules=rule_places(),
        changed=() if seed in (None, own_seed) else ({"path": "seed", "old": own_seed, "new": seed},),
    )


def rule_places() -> tuple[tuple[str, str], ...]:
    """Modules of further rules that a worker has to import, and the folders they are in."""
    import sys

    from sim.lab.designs.provenance import rule_modules

    places = []
    for name in rule_modules():
        file = getattr(sys.modules.get(name), "__file__", None)
        if name != "__main__" and file:
            places.append((name, str(Path(file).parent)))
    return tuple(places)


def _window(study: StudyFile, problems: Problems) -> Window:
    """The window asked for, or the last eight quarters."""
    try:
        return last_quarters_of(study.scenarios, study.header.window)
    except UserError as error:
        problems.add(study.node.value["window"].place, str(error))
        return (0, 0)


def _check_mixable(study: StudyFile, problems: Problems) -> None:
    base = next(one for one in study.scenarios if one.name == study.baseline)
    policy = next(one for one in study.scenarios if one.name != study.baseline)
    for trouble in check_same_place(base, policy):
        place: Place = study.node.value["scenarios"].place
        problems.add(place, f"coalitions need two scenarios that differ in the regime only: {trouble}")


def wrong_points(plan: Plan) -> list[str]:
    """What is wrong with the scenarios of each point, checked before anything runs; a line a mistake."""
    wrong: dict[str, list[int]] = {}
    for point in range(len(plan.points)):
        for name in plan.simulated:
            try:
                plan.scenario(name, point)
            except UserError as error:
                for line in str(error).splitlines():
                    wrong.setdefault(OPTION.sub("", line), []).append(point)
    lines = [f"point {where[0]}{_more(where)}: {line}" for line, where in wrong.items()]
    return lines[:MOST_TOLD] + ([f"... and {len(lines) - MOST_TOLD} more"] if len(lines) > MOST_TOLD else [])


def _more(where: list[int]) -> str:
    return f" and {len(set(where)) - 1} more" if len(set(where)) > 1 else ""
