"""The units that outcomes are told in, and what they are."""

from typing import NamedTuple

from sim.outcomes.outcome import PER_PEOPLE, PER_THOSE


class Unit(NamedTuple):
    """A unit.

    Attributes:
        name: wherever it is told, in English.
        meaning: what one of it is, in English.
        zero: whether 0 of it is nothing, so that a change in per cent means something.
    """

    name: str
    meaning: str
    zero: bool = False


_UNITS = (
    Unit("people", "persons, at the end of the quarter", zero=True),
    Unit(
        PER_PEOPLE,
        "how many in a year for every 100 people employed; the quarter's number over the people employed at its end",
        zero=True,
    ),
    Unit(
        PER_THOSE,
        "how many in a year for every 100 of the people meant; the quarter's number over those employed at its end",
        zero=True,
    ),
    Unit("people's work", "1 is what one fully learnt person works in a quarter", zero=True),
    Unit("posts", "posts, at the end of the quarter", zero=True),
    Unit("departments", "departments, at the end of the quarter", zero=True),
    Unit(
        "mean output",
        "1 is what somebody of an applicant's mean ability delivers in a quarter, working as usual and fully learnt",
        zero=True,
    ),
    Unit(
        "ability SD",
        "1 is the standard deviation of latent ability among applicants, 0 their mean; effort, scores and "
        "contributions are measured on the same scale",
    ),
    Unit(
        "morale points",
        "0 at founding; pay that doubles against what one is used to adds behaviour.morale.sensitivity, and a point "
        "lost adds behaviour.quits.morale to the log-odds of resigning in a year",
    ),
    Unit("mean annual pay", "1 is the mean pay of a year at founding", zero=True),
    Unit(
        "mean annual pay a quarter", "sum of the quarter; 1 is the mean pay of a year at founding", zero=True
    ),
    Unit(
        "mean annual pay per mean output",
        "mean pays of a year at founding for what one person of an applicant's mean ability delivers in a quarter; "
        "a quarter's pay is about .25",
        zero=True,
    ),
    Unit("share", "between 0 and 1", zero=True),
    Unit("load", "1 is what people of mean ability, working as usual, can just do in a quarter", zero=True),
    Unit(
        "SD of the cycle",
        "0 is a usual labour market; 1 one standard deviation above it, where others pay more",
    ),
    Unit("correlation", "between −1 and 1"),
    Unit("quarters", "three months each", zero=True),
    Unit("years of age", "of a person's life", zero=True),
    Unit("operators a quarter", "operators of parks", zero=True),
    Unit(
        "index", "behaviour.service.extraction times what a score one SD better is worth in mean annual pay"
    ),
    Unit("rate a year", "share by which the economy grows in a year"),
    Unit("rank", "places; 1 is the best"),
)
UNITS = {one.name: one for one in _UNITS}


def definition(unit: str) -> str:
    """What one of a unit is, in English; "" for an unknown one."""
    return UNITS[unit].meaning if unit in UNITS else ""
