"""What is recorded: the table of outcomes, the books, and the tables they end in.

Only the table is loaded here: analysis reads it too, and needs nothing of the model.
"""

from sim.outcomes.outcome import Outcome
from sim.outcomes.outcomes import OUTCOMES

__all__ = ["OUTCOMES", "Outcome"]
