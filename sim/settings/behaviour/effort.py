"""How hard people work, and what adverse events are worth to them."""

from typing import Literal

from sim.core.parameters import Settings, param


class Effort(Settings):
    """Effort above the baseline (B4, B12): e = E0·[(θ′ + M/θ)^(1/γ) − 1], θ = c·E0/γ, θ′ = 1 − χ·b."""

    scale: float = param(2.0, unit="ability SD", source="assumption", ge=0.01, le=100, doc="E0.")
    cost: float = param(
        0.4,
        unit="mean annual pay per squared SD",
        source="assumption",
        cite="P23",
        ge=0.01,
        le=100,
        doc="c: near zero effort, one unit of marginal reward moves effort by 1/c.",
    )
    curvature: float = param(
        5.0, unit="exponent", source="assumption", ge=1, le=33, doc="γ: 1 gives c·e = M exactly."
    )
    damping: float = param(
        0.5,
        unit="share a quarter",
        source="assumption",
        ge=0.01,
        le=1,
        doc="Share of the way to the best response.",
    )
    response: float = param(
        1.0,
        unit="share",
        source="assumption",
        cite="P38",
        ge=0,
        le=1,
        doc="How much of the response to incentives happens at all; 0 is a serious hypothesis.",
    )
    crowding_out: float = param(
        0.15,
        unit="per unit of floating share",
        source="assumption",
        cite="P29",
        ge=0,
        le=2,
        doc="χ: intrinsic motivation lost to floating pay.",
    )
    measured_weight: float = param(
        0.6,
        unit="share",
        source="assumption",
        cite="P32",
        ge=0,
        le=1,
        doc="w_e: weight of measured effort in true work.",
    )
    unmeasured_weight: float = param(
        0.4,
        unit="share",
        source="assumption",
        cite="P32",
        ge=0,
        le=1,
        doc="w_u: weight of unmeasured effort.",
    )
    neglect: float = param(
        0.3,
        unit="SD per SD",
        source="assumption",
        cite="P32",
        ge=0,
        le=0.5,
        doc="g: unmeasured effort given up per unit of measured effort.",
    )
    withholding: float = param(
        0.1,
        unit="share of effort",
        source="assumption",
        cite="P36",
        ge=0,
        le=0.5,
        doc="ω: effort held back in the year's last quarter once a target that follows the report is safe (B16).",
    )
    feedback: float = param(
        0.0,
        unit="share of work",
        source="assumption",
        ge=-0.15,
        le=0.15,
        doc="Work gained by whoever came first in the last ranking, lost by who came last; evidence disagrees (B13).",
    )
    fair_wage: float = param(
        0.0,
        unit="share of work per share of pay lost",
        source="assumption",
        ge=0,
        le=1,
        doc="Work withdrawn by whoever is paid less than usual (B11); off, since it costs by its curvature alone.",
    )
    morale_effect: float = param(
        0.5,
        unit="SD per unit of morale",
        source="assumption",
        ge=0,
        le=3,
        doc="Unmeasured effort per unit of morale.",
    )
    foresight: Literal["constant_chance", "own_response", "iterated_response"] = param(
        "own_response",
        unit="choice",
        source="assumption",
        cite="P21",
        doc="How people value a strike. own_response reckons with how hard they would work to escape the next hit, by "
        "the chance of one now; iterated_response does so for the year ahead, several times slower; constant_chance "
        "takes the chance as given: in V6 15 % too much effort at a loss of 1, 56 % at 4.",
    )


class Stakes(Settings):
    """What adverse events are worth avoiding, in mean annual pay (B5)."""

    dismissal: float = param(
        1.0, unit="mean annual pay", source="assumption", ge=0, le=5, doc="Losing the job."
    )
    demotion: float = param(
        0.35, unit="mean annual pay", source="assumption", ge=0, le=5, doc="Being demoted."
    )
    reposting: float = param(
        0.05, unit="mean annual pay", source="assumption", ge=0, le=5, doc="Being moved sideways."
    )
    status: float = param(
        0.25, unit="mean annual pay", source="assumption", ge=0, le=5, doc="Face lost by any of them."
    )
    caught: float = param(
        1.0,
        unit="mean annual pay",
        source="assumption",
        ge=0,
        le=5,
        doc="F: being caught gaming, as people reckon with it.",
    )
    discount: float = param(0.95, unit="a year", source="assumption", ge=0, le=1, doc="δ.")
    career_years: float = param(
        8.0,
        unit="years",
        source="assumption",
        ge=0,
        le=40,
        doc="How long a promotion's pay step is reckoned to last.",
    )
    expected_turnover: float = param(
        0.07,
        unit="share a year",
        source="assumption",
        ge=0,
        le=1,
        doc="Posts of a rank that people expect to open in a year, before they have seen one.",
    )
    turnover_learning: float = param(
        0.5,
        unit="share a year",
        source="assumption",
        ge=0,
        le=1,
        doc="How far that expectation moves each year towards what was seen; 0: it stays.",
    )
