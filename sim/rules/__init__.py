"""The eight parts of a regime, one room each. Importing a room registers its kinds."""

from sim.rules import (
    adjustment,
    appointment,
    appraisal,
    contributions,
    floating_pay,
    posts,
    ranks,
    salaries,
)

__all__ = [
    "adjustment",
    "appointment",
    "appraisal",
    "contributions",
    "floating_pay",
    "posts",
    "ranks",
    "salaries",
]
