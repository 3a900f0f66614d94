"""The reservoir (蓄水池): where flagged people wait, and where they go from there."""

from collections.abc import Iterator

from sim.core.parameters import Complaint, Settings, param


class Reservoir(Settings):
    """Terms of the reservoir; all of them assumed, since no rule of Xixian's was found. What is left resigns."""

    stay_quarters: int = param(
        2,
        unit="quarters",
        source="assumption",
        cite="P9",
        ge=1,
        le=8,
        doc="Training and trial before the return test.",
    )
    extension_quarters: int = param(
        1,
        unit="quarters",
        source="assumption",
        cite="P9",
        ge=0,
        le=8,
        doc="How long one waits for a post of the level judged fit for; then any lower one is taken.",
    )
    reposted_share: float = param(
        0.55, unit="share", source="assumption", ge=0, le=1, doc="Return to a post of their own level."
    )
    demoted_share: float = param(
        0.20, unit="share", source="assumption", ge=0, le=1, doc="Return one level lower."
    )
    dismissed_share: float = param(
        0.15, unit="share", source="assumption", cite="P10", ge=0, le=1, doc="Fail the test and lose the job."
    )
    training_gain: float = param(
        0.0,
        unit="ability SD",
        source="assumption",
        cite="P23",
        ge=0,
        le=0.27,
        doc="Ability gained by whoever returns.",
    )
    stigma: float = param(
        0.2,
        unit="ability SD",
        source="assumption",
        ge=0,
        le=0.5,
        doc="Score lost to having been there, after a return; it fades as raters' errors do.",
    )
    pay_share: float = param(
        1.0,
        unit="share of base pay",
        source="assumption",
        cite="P9",
        ge=0,
        le=1,
        doc="Base pay kept in the reservoir.",
    )

    def complaints(self) -> Iterator[Complaint]:
        yield from self.sum_to_at_most_one("reposted_share", "demoted_share", "dismissed_share")
