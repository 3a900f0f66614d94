"""The engine: state, the processes of a quarter, and the Mesa model that runs them."""

from sim.model.new_area import QUARTER, NewAreaModel

__all__ = ["QUARTER", "NewAreaModel"]
