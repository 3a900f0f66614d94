"""An agent-based simulation of a new area's personnel regime, "four fixes, four systems" (四定四制).

    import sim
    comparison = sim.compare(["scenarios/civil_service.yaml", "scenarios/four_systems.yaml"], replications=20)
    comparison.effects

The names below are loaded when they are first used, so that `import sim` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sim import moved
from sim.lab import analyses as _analyses
from sim.version import __version__

if TYPE_CHECKING:
    from sim.core.errors import UserError
    from sim.lab.estimates.attribution import attribute as attribute
    from sim.lab.estimates.robustness import robust as robust
    from sim.lab.estimates.sensitivity import sensitivity as sensitivity
    from sim.lab.questions.calibrate import calibrate
    from sim.lab.questions.compare import compare
    from sim.lab.questions.decompose import decompose
    from sim.lab.questions.evaluate import evaluate
    from sim.lab.questions.query import query
    from sim.lab.questions.run import run
    from sim.lab.questions.studies import merge
    from sim.lab.questions.studies import study as run_study
    from sim.lab.questions.sweep import sweep
    from sim.lab.questions.trace import trace
    from sim.lab.results.comparison import Comparison
    from sim.lab.results.store import open_results as open
    from sim.lab.results.tables import Tables
    from sim.model import NewAreaModel
    from sim.scenario.loader import load
    from sim.scenario.schema import Scenario
    from sim.validation import validate

moved.stand()

_HOMES = {
    "Comparison": ("sim.lab.results.comparison", "Comparison"),
    "NewAreaModel": ("sim.model", "NewAreaModel"),
    "Scenario": ("sim.scenario.schema", "Scenario"),
    "Tables": ("sim.lab.results.tables", "Tables"),
    "UserError": ("sim.core.errors", "UserError"),
    "calibrate": ("sim.lab.questions.calibrate", "calibrate"),
    "compare": ("sim.lab.questions.compare", "compare"),
    "decompose": ("sim.lab.questions.decompose", "decompose"),
    "evaluate": ("sim.lab.questions.evaluate", "evaluate"),
    "load": ("sim.scenario.loader", "load"),
    "merge": ("sim.lab.questions.studies", "merge"),
    "open": ("sim.lab.results.store", "open_results"),
    "query": ("sim.lab.questions.query", "query"),
    "run": ("sim.lab.questions.run", "run"),
    "run_study": ("sim.lab.questions.studies", "study"),
    "sweep": ("sim.lab.questions.sweep", "sweep"),
    "trace": ("sim.lab.questions.trace", "trace"),
    "validate": ("sim.validation", "validate"),
    **{name: (place.partition(":")[0], name) for name, place in _analyses().items()},
}

__all__ = [
    "Comparison",
    "NewAreaModel",
    "Scenario",
    "Tables",
    "UserError",
    "__version__",
    "calibrate",
    "compare",
    "decompose",
    "evaluate",
    "load",
    "merge",
    "open",
    "query",
    "run",
    "run_study",
    "sweep",
    "trace",
    "validate",
    *_analyses(),
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'sim' has no attribute {name!r}")
    module, attribute = _HOMES[name]
    value = getattr(import_module(module), attribute)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
