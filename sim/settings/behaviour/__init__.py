"""How people respond. Nothing here is policy; every value is a prior to be varied (ODD.md §7)."""

from sim.core.parameters import Settings
from sim.settings.behaviour.ability import Ability, Belief, Rating
from sim.settings.behaviour.conversion import Conversion, Service
from sim.settings.behaviour.effort import Effort, Stakes
from sim.settings.behaviour.feelings import Morale, Quits
from sim.settings.behaviour.hiring import Hiring
from sim.settings.behaviour.side_effects import Collusion, Gaming, Helping, Risk


class Behaviour(Settings):
    """Everything about how people respond."""

    ability: Ability = Ability()
    rating: Rating = Rating()
    belief: Belief = Belief()
    effort: Effort = Effort()
    stakes: Stakes = Stakes()
    morale: Morale = Morale()
    quits: Quits = Quits()
    hiring: Hiring = Hiring()
    gaming: Gaming = Gaming()
    helping: Helping = Helping()
    risk: Risk = Risk()
    collusion: Collusion = Collusion()
    conversion: Conversion = Conversion()
    service: Service = Service()


__all__ = [
    "Ability",
    "Behaviour",
    "Belief",
    "Collusion",
    "Conversion",
    "Effort",
    "Gaming",
    "Helping",
    "Hiring",
    "Morale",
    "Quits",
    "Rating",
    "Risk",
    "Service",
    "Stakes",
]
