"""How people feel, and when they go."""

from typing import Annotated

from annotated_types import Ge, Le, Len

from sim.core.parameters import Settings, param
from sim.settings.terms import MOST_RANKS

ByRank = Annotated[tuple[Annotated[float, Ge(-10), Le(10)], ...], Len(0, MOST_RANKS)]


class Morale(Settings):
    """Morale (B11), 0 at founding."""

    persistence: float = param(0.8, unit="a quarter", source="assumption", ge=0, le=1, doc="ρ.")
    sensitivity: float = param(0.2, unit="morale", source="assumption", ge=0, le=2, doc="κ.")
    loss_aversion: float = param(
        2.0, unit="ratio", source="assumption", ge=1, le=5, doc="Weight of losses over gains."
    )
    reference_speed: float = param(
        0.25,
        unit="share a quarter",
        source="assumption",
        ge=0,
        le=1,
        doc="How fast the pay reference adapts.",
    )
    fair_cut: float = param(
        -1.0,
        unit="SD of newcomers' beliefs",
        source="assumption",
        ge=-5,
        le=5,
        doc="Whoever believes to stand above this takes a flag as an injustice.",
    )
    survivors: float = param(
        1.0,
        unit="morale per share of the department",
        source="assumption",
        cite="P22b",
        ge=0,
        le=5,
        doc="κ_s: morale lost when colleagues are flagged, dismissed or not renewed; only the sign is known.",
    )
    load: float = param(
        0.1,
        unit="morale a quarter per unit of load",
        source="assumption",
        ge=0,
        le=2,
        doc="Morale lost by working under a load per person above the usual one; gained below it.",
    )


class Quits(Settings):
    """Yearly resignation as a logit (B10)."""

    base_established: float = param(
        0.002,
        unit="a year",
        source="data",
        cite="P15",
        gt=0,
        lt=1,
        doc="Civil servants' resignations in 2015.",
    )
    base_contract: float = param(0.05, unit="a year", source="assumption", gt=0, lt=1, doc="Contract staff.")
    pay_gap: float = param(
        1.0, unit="logit", source="assumption", ge=0, le=10, doc="Per unit of relative outside gap."
    )
    morale: float = param(0.8, unit="logit", source="assumption", ge=0, le=10, doc="Per unit of morale lost.")
    standing: float = param(
        0.25, unit="logit", source="assumption", ge=-3, le=3, doc="Per SD of believed ability."
    )
    standing_squared: float = param(
        0.05, unit="logit", source="assumption", ge=-3, le=3, doc="Per squared SD."
    )
    own_strike: float = param(
        0.65, unit="logit", source="assumption", cite="P23", ge=0, le=5, doc="Living with a strike."
    )
    peers_in_reservoir: float = param(
        8.0,
        unit="logit",
        source="assumption",
        ge=0,
        le=50,
        doc="Per unit share of the organisation in the reservoir.",
    )
    in_reservoir: float = param(
        1.2, unit="logit", source="assumption", ge=0, le=10, doc="Being in the reservoir."
    )
    tenure: float = param(
        0.0,
        unit="logit per unit of ln(1 + years of service)",
        source="assumption",
        ge=0,
        le=2,
        doc="How much less people resign the longer they have served. Only the sign is known, so 0; .5 makes "
        "resigning in the first year about 2.6 times as likely as in the tenth. Centred: founders keep the base on "
        "average (ODD 7.12).",
    )
    age: float = param(
        0.0,
        unit="logit per ten years of age",
        source="assumption",
        ge=-1,
        le=2,
        doc="How much less people resign the older they are. Only the sign is known, so 0. Centred like tenure.",
    )
    contract_taste: float = param(
        0.0,
        unit="logit per mean annual pay",
        source="assumption",
        ge=0,
        le=10,
        doc="How much less the converted resign the more they like a contract (conversion.taste_sd); no size is known.",
    )
    by_rank: ByRank = param(
        (),
        unit="logit, from rank 1 up",
        source="design",
        doc="Added to the log-odds by rank; ranks not named: 0. A yearly rate p at a rank takes logit p − logit base.",
    )
