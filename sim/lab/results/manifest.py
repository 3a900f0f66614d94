"""What stored results say of how they came about: a typed mapping for every kind, as its `manifest.json` holds it.

Only what every manifest has is required; what else is there is of the type that is stated. Keys that no type names
are kept: an older version may have written them.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, Required, TypedDict

from pydantic import TypeAdapter, ValidationError

Settings = dict[str, Any]
"""A resolved scenario, or a part of it."""
Facts = dict[str, dict[str, Any]]
"""What is known of outcomes, by name: label, unit, meaning, whether more is better."""


class Change(TypedDict):
    """A setting that is not what the file says."""

    path: str
    old: Any
    new: Any


class Manifest(TypedDict, total=False):
    """What the manifests of all kinds say.

    result: the kind. schema: the layout. name: of the scenario or file. folder_name, hash: what makes the folder's name.
    tables: checksums of the tables, by file. code, packages: versions. created: when. wall_seconds: how long it took.
    """

    result: Required[str]
    schema: Required[int]
    name: Required[str]
    folder_name: str
    hash: str
    tables: dict[str, str]
    seed: int
    warnings: list[str]
    code: dict[str, str | bool | None]
    packages: dict[str, str]
    wall_seconds: float
    created: str


class OfScenario(Manifest, total=False):
    """What rests on one resolved scenario, each replication of it under the same luck.

    simulation: hash of what decides the tables. changed: from the scenario's file. rules_files: of the user's own rules.
    assumed: how many values have no source. sources: how many rest on which kind. residuals: the largest of each
    accounting identity.
    """

    simulation: str
    question: str
    replications: int
    scenario: Settings
    changed: list[Change]
    rules_files: list[str]
    outcomes: Facts
    assumptions: list[dict[str, Any]]
    assumed: int
    sources: dict[str, int]
    residuals: Mapping[str, float | None]
    window: list[int]


class RunManifest(OfScenario, total=False):
    """Of a run; `window` is there where its report takes means over other quarters than the last eight."""


class ComparisonManifest(Manifest, total=False):
    """Of a comparison; what each scenario says stands in the manifests of its runs."""

    scenarios: list[str]
    baseline: str
    baseline_why: str
    changed: dict[str, list[Change]]
    rules_files: dict[str, list[str]]
    outcomes: list[str] | None
    window: list[int]
    interval: str
    replications: int


class OfTwo(OfScenario, total=False):
    """What rests on a scenario and on a baseline."""

    scenario_name: str
    baseline: str
    baseline_scenario: Settings
    baseline_changed: list[Change]
    baseline_rules_files: list[str]


class DecompositionManifest(OfTwo, total=False):
    """Of a decomposition; `runs` is how many runs it took."""

    outcomes_selected: list[str] | None
    runs: int


class TraceManifest(OfTwo, total=False):
    """Of one life: who, why this one, in which replication, and after which quarters regimes change."""

    replication: int
    year: int
    reforms: list[int]
    person: int
    roster_id: str | None
    why: str


class CalibrationManifest(OfScenario, total=False):
    """Of a calibration: the numbers that were moved, the targets, and the hash of all but the number of trials."""

    scenario_name: str
    baseline: str | None
    baseline_scenario: Settings | None
    baseline_changed: list[Change]
    baseline_rules_files: list[str]
    search: str
    trials: int
    free: list[dict[str, Any]]
    targets: list[dict[str, Any]]


class Asked(TypedDict, total=False):
    """What a study is asked, which may change while its runs stay."""

    question: str
    sesoi: dict[str, float]
    headlines: list[str]


class StudyManifest(Manifest, Asked, total=False):
    """Of a study.

    mixed_with: the baseline whose parts points mix in. resolved: the scenarios. share: its number, of how many.
    runs, failures: how many. replications: the rule; of a sweep their number. factors, units: as of `Study`, in the file alone.
    """

    baseline: str | None
    scenarios: list[str]
    mixed_with: str | None
    resolved: Mapping[str, Mapping[str, Any]]
    changed: list[Change]
    design: dict[str, Any]
    share: list[int]
    window: list[int]
    replications: dict[str, Any] | int
    outcomes: Facts
    assumptions: list[dict[str, Any]]
    runs: int
    failures: int
    processors: list[str]
    factors: list[dict[str, Any]]
    units: list[list[float | None]]


class EvaluationManifest(Manifest, Asked, total=False):
    """Of an evaluation.

    evaluation: assignment, data and estimators as read, with nothing left to defaults. replications: pilots of each kind.
    """

    scenarios: list[str]
    resolved: Mapping[str, Mapping[str, Any]]
    evaluation: Required[dict[str, Any]]
    share: list[int]
    replications: int
    outcomes: Facts
    assumed: int
    runs: int
    failures: int


class SweepManifest(StudyManifest, total=False):
    """Of a sweep: the varied keys with their values, how many points, the outcomes that were asked for, and of the
    scenario what a run says.
    """

    vary: Required[dict[str, list[Any]]]
    points: Required[int]
    selected: list[str] | None
    simulation: str
    scenario: Settings
    rules_files: list[str]


@cache
def _adapter(form: Any) -> TypeAdapter[Any]:
    return TypeAdapter(form)


def misstated(manifest: Mapping[str, Any], form: Any) -> list[str]:
    """The keys that a manifest lacks or of which it says what cannot be, such as `'seed'`, each once."""
    try:
        _adapter(form).validate_python(manifest, strict=True)
    except ValidationError as error:
        return list(dict.fromkeys(repr(one["loc"][0]) for one in error.errors(include_url=False)))
    return []
