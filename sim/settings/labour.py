"""The labour market outside: what it pays, how that moves, and what ability earns there."""

from sim.core.parameters import Settings, param


class LabourMarket(Settings):
    """What people could earn elsewhere, relative to their normal pay here; the same luck under every regime."""

    pay_level: float = param(
        0.0,
        unit="share of normal pay",
        source="assumption",
        ge=-0.5,
        le=1,
        doc="How much more than normal pay the market pays somebody of mean ability in usual times; 0: as much.",
    )
    pay_sd: float = param(
        0.0,
        unit="share of normal pay",
        source="assumption",
        ge=0,
        le=0.5,
        doc="Standard deviation of that pay over the labour market's cycle; 0: it stays.",
    )
    persistence: float = param(
        0.9,
        unit="correlation",
        source="assumption",
        ge=0,
        le=0.99,
        doc="Quarter-to-quarter autocorrelation of the cycle; it counts where pay_sd or hiring.tightness is not 0.",
    )
    ability_price: float = param(
        0.0,
        unit="share of normal pay per SD",
        source="assumption",
        cite="P24",
        ge=-0.5,
        le=1,
        doc="How much more the market pays per SD of ability; a market that pays for output would pay .2 (P24).",
    )
