"""An agent-based simulation of a new area's personnel regime, "four fixes, four systems" (四定四制).

    import sim
    comparison = sim.compare(["scenarios/civil_service.yaml", "scenarios/four_systems.yaml"], replications=20)
    comparison.effects

The names below are loaded when they are first used, so that `import sim` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.analysis.effects import Comparison
    from sim.analysis.tables import Tables
    from sim.core.errors import UserError
    from sim.model import NewAreaModel
    from sim.scenario.loader import load
    from sim.scenario.schema import Scenario
    from sim.study.analyses import attribute, robust, sensitivity
    from sim.study.calibrate import calibrate
    from sim.study.compare import compare
    from sim.study.decompose import decompose
    from sim.study.query import query
    from sim.study.run import run
    from sim.study.store import open_results as open
    from sim.study.studies import merge
    from sim.study.studies import study as run_study
    from sim.study.sweep import sweep
    from sim.study.trace import trace
    from sim.validation import validate

__version__ = "0.1.0"

_HOMES = {
    "Comparison": ("sim.analysis.effects", "Comparison"),
    "NewAreaModel": ("sim.model", "NewAreaModel"),
    "Scenario": ("sim.scenario.schema", "Scenario"),
    "Tables": ("sim.analysis.tables", "Tables"),
    "UserError": ("sim.core.errors", "UserError"),
    "attribute": ("sim.study.analyses", "attribute"),
    "calibrate": ("sim.study.calibrate", "calibrate"),
    "compare": ("sim.study.compare", "compare"),
    "decompose": ("sim.study.decompose", "decompose"),
    "load": ("sim.scenario.loader", "load"),
    "merge": ("sim.study.studies", "merge"),
    "open": ("sim.study.store", "open_results"),
    "query": ("sim.study.query", "query"),
    "robust": ("sim.study.analyses", "robust"),
    "run": ("sim.study.run", "run"),
    "run_study": ("sim.study.studies", "study"),
    "sensitivity": ("sim.study.analyses", "sensitivity"),
    "sweep": ("sim.study.sweep", "sweep"),
    "trace": ("sim.study.trace", "trace"),
    "validate": ("sim.validation", "validate"),
}

__all__ = [
    "Comparison",
    "NewAreaModel",
    "Scenario",
    "Tables",
    "UserError",
    "__version__",
    "attribute",
    "calibrate",
    "compare",
    "decompose",
    "load",
    "merge",
    "open",
    "query",
    "robust",
    "run",
    "run_study",
    "sensitivity",
    "sweep",
    "trace",
    "validate",
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
