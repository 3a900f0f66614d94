"""Grades as a list: as many as a scenario names, each with where it begins, what it is worth, what it counts as."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, Literal

import numpy as np
from annotated_types import Ge, Le, Len

from sim.core.arrays import Codes, Floats, Integers, Mask
from sim.core.groups import distance_to_boundary, rank_within
from sim.core.orders import tail_quantile
from sim.core.parameters import Complaint, param
from sim.people.view import View
from sim.response.standing import Contest, CutDensity
from sim.rules.appraisal.base import AuditedAppraisal, quota
from sim.settings.terms import Grade

MOST_GRADES = 12
Legal = Literal["excellent", "competent", "basically_competent", "incompetent"]
Names = Annotated[tuple[str, ...], Len(2, MOST_GRADES)]
Legals = Annotated[tuple[Legal, ...], Len(2, MOST_GRADES)]
Shares = Annotated[tuple[Annotated[float, Ge(0), Le(1)], ...], Len(1, MOST_GRADES - 1)]
Ways = Annotated[tuple[Literal["rank", "standard"], ...], Len(1, MOST_GRADES - 1)]
Multipliers = Annotated[tuple[Annotated[float, Ge(0), Le(10)], ...], Len(0, MOST_GRADES)]
FOUR: tuple[Legal, ...] = ("excellent", "competent", "basically_competent", "incompetent")


class GradeList(AuditedAppraisal):
    """Any number of grades, the best first; by default the four of the law (P5), as `four_grades` has them.

    Between two grades lies a boundary: by rank, the best so many of the ranking group are above it; by standard, who
    scores a fixed mark or more is. A grade is reached by whoever is above its boundary and all lower ones.
    """

    kind: Literal["grade_list"] = "grade_list"
    names: Names = param(FOUR, unit="names", source="law", cite="P5", doc="The grades, the best first.")
    limit_by: Ways = param(
        ("rank", "standard", "standard"),
        unit="choices",
        source="law",
        cite="P5",
        doc="What each boundary between two grades is, the highest first: a rank or a fixed standard.",
    )
    limits: Shares = param(
        (0.20, 0.006, 0.001),
        unit="share",
        source="assumption",
        cite="P17",
        doc="By rank: most of a ranking group above the boundary. By standard: about the share below it at founding.",
    )
    counts_as: Legals = param(
        FOUR,
        unit="grades of the law",
        source="law",
        cite="P5",
        doc="What each grade is to all other rules: triggers, contracts, promotion, excellent years.",
    )
    multipliers: Multipliers = param(
        (),
        unit="coefficient",
        source="design",
        doc="Of the grade part of pay, for each grade; empty: floating_pay.grade_multipliers of what it counts as.",
    )
    leniency: float = param(
        0.0,
        unit="ability SD",
        source="assumption",
        cite="P25",
        ge=-1,
        le=1,
        doc="By how much raters lower standards.",
    )

    def complaints(self) -> Iterator[Complaint]:
        many = len(self.names)
        if len(set(self.names)) < many:
            yield "names", "two grades have the same name"
        for name, wanted in (("limit_by", many - 1), ("limits", many - 1), ("counts_as", many)):
            if (there := len(getattr(self, name))) != wanted:
                yield name, f"{there} values for {many} grades; it needs {wanted}"
        if len(self.multipliers) not in (0, many):
            yield "multipliers", f"{len(self.multipliers)} values for {many} grades; it needs {many}, or none"
        if any(FOUR.index(better) > FOUR.index(worse) for better, worse in pairwise(self.counts_as)):
            yield "counts_as", "a grade counts as better than the one above it"
        yield from self._limits_in_order()

    def _limits_in_order(self) -> Iterator[Complaint]:
        """Further down the list more people are above a boundary."""
        for way, sign in (("rank", 1), ("standard", -1)):
            of_kind = [limit for limit, by in zip(self.limits, self.limit_by, strict=False) if by == way]
            if any(sign * (lower - higher) < 0 for higher, lower in pairwise(of_kind)):
                word = "rise" if sign > 0 else "fall"
                yield "limits", f"those by {way} must {word} from the best grade to the worst: {of_kind}"

    @property
    def multipliers_of_list(self) -> tuple[float, ...]:
        return tuple(reversed(self.multipliers))

    def failed_by_rank(self, size: int) -> int:
        least = self._first_place(Grade.BASICALLY_COMPETENT)
        if not 0 < least < len(self.names) or self._way(least) != "rank":
            return 0
        return size - int(quota(self._limit(least), np.array(size)))

    def places(self, view: View) -> Codes:
        reached: Mask = np.ones(view.staff.size, dtype=bool)
        place = np.zeros(view.staff.size, dtype=np.int64)
        for boundary in range(1, len(self.names)):
            reached = reached & self._above(view, boundary)
            place += reached
        return np.where(view.appraised, place, Grade.UNGRADED).astype(np.int8)

    def grade(self, view: View) -> Codes:
        return self.counted(self.places(view))

    def counted(self, places: Codes) -> Codes:
        """What the grades at these places count as; -1 stays."""
        codes = [Grade[name.upper()] for name in reversed(self.counts_as)]
        return np.array([Grade.UNGRADED, *codes], dtype=np.int8)[places.astype(np.int64) + 1]

    def distances(self, view: View) -> dict[str, Floats]:
        score, appraised = np.asarray(view.staff.annual_score), view.appraised
        found = {}
        for place, name in enumerate(reversed(self.names)):
            if place and self._way(place) == "rank":
                below = ~self._above(view, place)
                found[name] = distance_to_boundary(view.ranking_group, score, appraised, below)
            elif place:
                found[name] = np.where(appraised, score - self._cut(view, place), np.nan)
        return found

    def cut_density(self, view: View, year: Contest) -> CutDensity:
        steps = [self._step(view, year, place) for place in range(1, len(self.names))]
        nothing = np.zeros(view.staff.size)

        def at(grade: Grade) -> tuple[Floats, Floats]:
            place = self._first_place(grade)
            return steps[place - 1] if 0 < place < len(self.names) else (nothing, nothing)

        failing, chance = at(Grade.BASICALLY_COMPETENT)
        ranks = {grade: self._is_rank(grade) for grade in (Grade.BASICALLY_COMPETENT, Grade.EXCELLENT)}
        return CutDensity(
            failing,
            at(Grade.COMPETENT)[0],
            at(Grade.EXCELLENT)[0],
            chance,
            bottom_is_rank=ranks[Grade.BASICALLY_COMPETENT],
            top_is_rank=ranks[Grade.EXCELLENT],
            steps=tuple(
                (density, self._way(place) == "rank") for place, (density, _) in enumerate(steps, start=1)
            ),
        )

    def _step(self, view: View, year: Contest, place: int) -> tuple[Floats, Floats]:
        """Density at the lower boundary of a place, and the chance of ending below it."""
        if self._way(place) == "rank":
            return year.crossing(year.size - quota(self._limit(place), year.size))
        cut = self._cut(view, place)
        return year.density_at(cut), year.chance_below(cut)

    def _above(self, view: View, place: int) -> Mask:
        """Who is above the lower boundary of a place."""
        staff, appraised = view.staff, view.appraised
        if self._way(place) == "standard":
            return np.asarray(staff.annual_score >= self._cut(view, place))
        rank = rank_within(view.ranking_group, staff.annual_score, appraised, staff.stream)
        size: Integers = view.size_of_group(appraised)
        return np.asarray(rank >= size - quota(self._limit(place), size))

    def _cut(self, view: View, place: int) -> float:
        standard = view.standard
        return standard.mean + standard.sd * tail_quantile(self._limit(place)) - self.leniency

    def _way(self, place: int) -> str:
        return self.limit_by[-place]

    def _limit(self, place: int) -> float:
        return self.limits[-place]

    def _first_place(self, grade: Grade) -> int:
        """The lowest place that counts as this grade or better; as many as there are places if none does."""
        return sum(Grade[name.upper()] < grade for name in self.counts_as)

    def _is_rank(self, grade: Grade) -> bool:
        place = self._first_place(grade)
        return 0 < place < len(self.names) and self._way(place) == "rank"
