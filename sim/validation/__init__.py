"""Known results that the engine must reproduce from scenario files: published simulations and closed forms."""

from sim.validation.case import Case, Check, Validation
from sim.validation.run import CASES, validate

__all__ = ["CASES", "Case", "Check", "Validation", "validate"]
