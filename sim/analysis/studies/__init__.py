"""What studies are and what they are asked: sensitivity, attribution, robustness, convergence."""

from sim.analysis.studies.study import KEYS, Factor, Floats, Study

__all__ = ["KEYS", "Factor", "Floats", "Study"]
