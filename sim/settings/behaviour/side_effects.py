"""What people do besides working harder: gaming, helping and sabotage, risky projects, collusion (ODD.md §7.14)."""

from sim.core.parameters import Settings, param


class Gaming(Settings):
    """Reports better than the work (B7): h = max(0, (M − πF)/k) by people who can, and padding at the year's end."""

    manipulability: float = param(
        0.30,
        unit="share of people",
        source="assumption",
        cite="P34",
        ge=0,
        le=0.6,
        doc="People whose indicators can be reported better than they are; 0 switches gaming off.",
    )
    cost: float = param(
        0.8,
        unit="mean annual pay per squared SD",
        source="assumption",
        cite="P34",
        ge=0.01,
        le=100,
        doc="k: a false SD costs twice what a true one does.",
    )


class Helping(Settings):
    """What colleagues give each other, or take (B8)."""

    altruism: float = param(
        0.05,
        unit="mean annual pay per SD",
        source="assumption",
        cite="P27",
        ge=0,
        le=1,
        doc="α: what an SD of colleagues' work is worth to oneself.",
    )
    cost_of_helping: float = param(
        2.0,
        unit="mean annual pay per squared SD",
        source="assumption",
        cite="P27",
        ge=0.4,
        le=100,
        doc="k_h: 5 times the cost of own effort; a very high value switches helping off.",
    )
    cost_of_sabotage: float = param(
        2.0,
        unit="mean annual pay per squared SD",
        source="assumption",
        cite="P27",
        ge=0.05,
        le=100,
        doc="k_s: harm to output needs it to be near the cost of own effort (0.4) or below.",
    )

    @property
    def usual(self) -> float:
        """Help that everybody gives where no reward speaks for or against it."""
        return self.altruism / self.cost_of_helping


class Risk(Settings):
    """Risky projects: tried or left alone (B17)."""

    share: float = param(
        0.2,
        unit="chance a quarter",
        source="assumption",
        cite="P37",
        ge=0,
        le=1,
        doc="Chance of meeting a project that may fail; 0 switches projects off.",
    )
    gain: float = param(
        0.1, unit="ability SD", source="assumption", ge=-1, le=2, doc="μ_r: mean gain of a project."
    )
    sd: float = param(0.5, unit="ability SD", source="assumption", ge=0, le=5, doc="σ_r: spread of its gain.")
    aversion: float = param(
        2.0,
        unit="ratio",
        source="assumption",
        cite="P37",
        ge=0,
        le=20,
        doc="How much more a point of score lost weighs than one gained, for the median person.",
    )
    aversion_spread: float = param(
        0.5,
        unit="SD of the logarithm",
        source="assumption",
        ge=0,
        le=3,
        doc="How much people differ in it.",
    )
    public_worth: float = param(
        0.05,
        unit="mean annual pay per SD",
        source="assumption",
        cite="P29",
        ge=0,
        le=1,
        doc="What the public gain of a project is worth to whoever tries it.",
    )


class Collusion(Settings):
    """A department that takes turns in being last (B18), so that two years running never happens."""

    chance: float = param(
        0.0,
        unit="chance a year",
        source="assumption",
        cite="P34",
        ge=0,
        le=0.5,
        doc="κ_c: for a department of 20 and a loss of half a year's pay; rises with the loss, falls with the size.",
    )
