"""What is recorded: outcomes, the books, and the tables they end in."""

from sim.observe.outcomes import OUTCOMES, Outcome
from sim.observe.recorder import Recorder
from sim.observe.snapshot import Snapshot

__all__ = ["OUTCOMES", "Outcome", "Recorder", "Snapshot"]
