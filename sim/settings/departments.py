"""How the administration is cut into departments, and how large these are."""

from collections.abc import Iterator

from sim.core.parameters import Complaint, Settings, param


class Organisation(Settings):
    """How one tier is cut into departments."""

    departments: int = param(
        20, unit="departments", source="seed", ge=0, le=2000, doc="Departments of this tier."
    )
    economic_share: float = param(
        0.35, unit="share", source="assumption", ge=0, le=1, doc="Share of departments with economic tasks."
    )
    social_share: float = param(
        0.45,
        unit="share",
        source="assumption",
        ge=0,
        le=1,
        doc="Share with social tasks; what is left is administrative.",
    )
    interdependence: float = param(
        0.5,
        unit="share",
        source="assumption",
        cite="P27",
        ge=0,
        le=0.8,
        doc="How much of what colleagues give or take reaches one's own work.",
    )

    def complaints(self) -> Iterator[Complaint]:
        yield from self.sum_to_at_most_one("economic_share", "social_share")


class NewCityTier(Organisation):
    """The new cities' departments, shared out evenly over them."""

    departments: int = param(
        48,
        unit="departments",
        source="seed",
        cite="P1",
        ge=0,
        le=100000,
        doc="148 less 80 removed less 20 = 48.",
    )
    economic_share: float = param(0.8, unit="share", source="seed", ge=0, le=1, doc="经济部门设置占比达80%.")
    social_share: float = param(
        0.0, unit="share", source="seed", ge=0, le=1, doc="Social affairs left the new cities."
    )
    interdependence: float = param(
        0.3, unit="share", source="assumption", cite="P27", ge=0, le=0.8, doc="Likewise, in the new cities."
    )


class DepartmentSize(Settings):
    """Lognormal department sizes, rescaled so that the posts add up to mean × departments exactly."""

    mean: float = param(
        20.0,
        unit="posts",
        source="assumption",
        cite="P12; P13",
        ge=1,
        le=2000,
        doc="Between 433/28 = 15.5 (a Tianjin zone) and 272/9 = 30 (a Shandong zone).",
    )
    variation: float = param(
        0.45, unit="SD over mean", source="assumption", ge=0, le=2, doc="Coefficient of variation of sizes."
    )
    smallest: int = param(5, unit="posts", source="assumption", ge=1, le=500, doc="No department is smaller.")
    largest: int = param(
        60, unit="posts", source="assumption", ge=1, le=5000, doc="Upper clip, applied before the rescaling."
    )

    def complaints(self) -> Iterator[Complaint]:
        if not self.smallest <= self.mean <= self.largest:
            sizes = f"smallest {self.smallest}, mean {self.mean:g}, largest {self.largest}"
            yield "mean", f"{sizes}: the mean must lie between the smallest and the largest (posts)"
