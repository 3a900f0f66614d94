"""Who gives up an established post, and what users of a service pay besides."""

from sim.core.parameters import Settings, param


class Conversion(Settings):
    """Whether an established person takes a contract (seed: 自愿放弃身份): net worth, standing, and taste."""

    net_worth: float = param(
        0.08,
        unit="mean annual pay",
        source="assumption",
        ge=-5,
        le=5,
        doc="What a contract is worth on average, tenure lost reckoned with; .08 lets about 60 % convert.",
    )
    standing_slope: float = param(
        0.3,
        unit="mean annual pay per SD and unit of floating share",
        source="assumption",
        cite="P33",
        ge=-5,
        le=5,
        doc="How much more it is worth to whoever believes to stand higher, floating pay in view.",
    )
    taste_sd: float = param(
        0.3, unit="mean annual pay", source="assumption", ge=0.001, le=5, doc="How much people differ in it."
    )


class Service(Settings):
    """What people ask of those they serve."""

    extraction: float = param(
        0.1,
        unit="user cost per unit of reward",
        source="assumption",
        cite="P30",
        ge=0,
        le=5,
        doc="Users pay more where officials are paid by result: performance pay raised bribes as well as revenue.",
    )
