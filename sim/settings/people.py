"""Who comes, at what age, and when people retire."""

from collections.abc import Iterator
from typing import Literal

import numpy as np
from scipy.special import ndtri

from sim.core.arrays import Floats
from sim.core.parameters import Complaint, Settings, param
from sim.core.shapes import cut_off
from sim.settings.groups import Group, complaints_of_groups


class Ages(Settings):
    """How old people are when they come: uniform between the bounds that People names, or normal within bounds."""

    distribution: Literal["uniform", "clipped", "truncated"] = param(
        "uniform",
        unit="choice",
        source="assumption",
        doc="uniform, as people says; or normal within bounds, with ages beyond put on them (clipped) or left out "
        "(truncated).",
    )
    mean: float = param(
        35.0,
        unit="years",
        source="assumption",
        ge=15,
        le=80,
        doc="Of the normal before it is cut off; not for uniform.",
    )
    sd: float = param(
        8.0, unit="years", source="assumption", ge=0.1, le=40, doc="Its spread; not for uniform."
    )
    youngest: float = param(
        18.0, unit="years", source="assumption", ge=15, le=60, doc="Nobody is younger; not for uniform."
    )
    oldest: float = param(
        60.0,
        unit="years",
        source="assumption",
        ge=18,
        le=200,
        doc="Nobody is older on coming, nor older than the retirement age; not for uniform.",
    )

    def complaints(self) -> Iterator[Complaint]:
        if self.oldest <= self.youngest:
            yield "oldest", f"{self.oldest:g} is not above youngest {self.youngest:g} (years)"

    def years(self, luck: Floats, uniform: tuple[float, float], retirement_age: float) -> Floats:
        """Ages for uniform draws `luck`; `uniform` holds the bounds of the uniform distribution."""
        first, last = uniform
        if self.distribution == "uniform":
            return first + (last - first) * luck
        ends = np.array([self.youngest, min(self.oldest, retirement_age)])
        lowest, highest = (ends - self.mean) / self.sd
        return np.asarray(self.mean + self.sd * cut_off(ndtri(luck), self.distribution, (lowest, highest)))


class People(Settings):
    """Who the founders and the applicants are."""

    youngest_founder: float = param(
        23.0, unit="years", source="assumption", ge=18, le=60, doc="Founders' ages are uniform from here."
    )
    oldest_founder: float = param(
        200.0,
        unit="years",
        source="design",
        ge=18,
        le=200,
        doc="Founders' ages are uniform up to here, or to the retirement age if that comes first.",
    )
    youngest_hire: float = param(
        22.0, unit="years", source="assumption", ge=15, le=60, doc="Hires' ages are uniform from here."
    )
    oldest_hire: float = param(
        35.0, unit="years", source="assumption", ge=18, le=60, doc="Hires' ages are uniform up to here."
    )
    contract_share: float = param(
        0.0,
        unit="share",
        source="design",
        ge=0,
        le=1,
        doc="Founders and hires on a contract without end while appointments are established (mixed status).",
    )
    retirement_age: float = param(
        60.0,
        unit="years",
        source="assumption",
        ge=30,
        le=200,
        doc="Everyone retires at this age; with uniform ages this is about 2.7 % a year.",
    )
    founder_ages: Ages = Ages()
    hire_ages: Ages = Ages()
    founders_placed_by: Literal["seniority", "lot"] = param(
        "seniority",
        unit="choice",
        source="assumption",
        doc="Whether the longest serving founders hold the highest posts of their department, or whoever comes.",
    )

    groups: dict[str, Group] = param(
        {},
        unit="groups by name",
        source="design",
        doc="Groups of people, each under a name of its own, as {women: {share: 0.5, rating_bias: -0.2}, men: {share: "
        "0.5}}; empty: nobody belongs to any.",
    )
    last_grades: tuple[float, float, float, float] = param(
        (0.005, 0.015, 0.78, 0.2),
        unit="share",
        source="assumption",
        doc="Last grades of a roster's people of whom it says none: incompetent, basically competent, competent, "
        "excellent; they sum to 1. Not used without a roster.",
    )

    def complaints(self) -> Iterator[Complaint]:
        yield from self.divide_one("last_grades")
        yield from complaints_of_groups(self.groups)
        for name in ("youngest_founder", "oldest_hire"):
            if getattr(self, name) >= self.retirement_age:
                text = f"{getattr(self, name):g} is not below retirement_age {self.retirement_age:g} (years)"
                yield name, text
        if self.oldest_founder <= self.youngest_founder:
            text = f"{self.oldest_founder:g} is not above youngest_founder {self.youngest_founder:g} (years)"
            yield "oldest_founder", text
        if self.oldest_hire < self.youngest_hire:
            text = f"{self.oldest_hire:g} is below youngest_hire {self.youngest_hire:g} (years)"
            yield "oldest_hire", text
        for name in ("founder_ages", "hire_ages"):
            ages = getattr(self, name)
            if ages.distribution != "uniform" and ages.youngest >= self.retirement_age:
                text = f"{ages.youngest:g} is not below retirement_age {self.retirement_age:g} (years)"
                yield f"{name}.youngest", text

    def founders_age(self, luck: Floats) -> Floats:
        """Ages of founders in years, for uniform draws."""
        uniform = self.youngest_founder, min(self.oldest_founder, self.retirement_age)
        return self.founder_ages.years(luck, uniform, self.retirement_age)

    def hires_age(self, luck: Floats) -> Floats:
        """Ages of people on coming from outside in years, for uniform draws."""
        return self.hire_ages.years(luck, (self.youngest_hire, self.oldest_hire), self.retirement_age)
