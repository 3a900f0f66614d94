"""Who comes."""

from sim.core.parameters import Settings, param


class Hiring(Settings):
    """Who comes (B14): the best of 1/selection_ratio applicants by a score of limited validity."""

    validity: float = param(
        0.3,
        unit="correlation",
        source="assumption",
        cite="P22",
        ge=0,
        le=1,
        doc="Selection score with ability.",
    )
    selection_ratio: float = param(
        0.33,
        unit="share",
        source="assumption",
        gt=0,
        le=1,
        doc="Hired per applicant; founders came the same way.",
    )
    sorting: float = param(
        2.0,
        unit="ability SD per unit of M",
        source="assumption",
        cite="P33",
        ge=0,
        le=4,
        doc="Shift of applicants' mean ability with the marginal reward of floating pay: among the largest levers.",
    )
    flag_aversion: float = param(
        0.0,
        unit="ability SD per mean annual pay",
        source="assumption",
        cite="P22b",
        ge=-20,
        le=20,
        doc="Shift of applicants' mean ability downwards with what flags cost a year, chance times loss. It is "
        "known that severe rules put people off, but not how much; below 0 the able come, who have least to fear.",
    )
    pay_sorting: float = param(
        0.0,
        unit="ability SD per share of normal pay",
        source="assumption",
        ge=0,
        le=4,
        doc="Shift of applicants' mean ability with what a contract's premium pays over the labour market's change.",
    )
    mean_shift: float = param(
        0.0,
        unit="ability SD",
        source="assumption",
        ge=-2,
        le=2,
        doc="How much abler hires are than founders on average, whatever the regime.",
    )
    spread: float = param(
        1.0,
        unit="ratio of SD",
        source="assumption",
        ge=0,
        le=3,
        doc="Spread of hires' ability around their mean, over that of founders.",
    )
    tightness: float = param(
        0.0,
        unit="per SD of the cycle",
        source="assumption",
        ge=0,
        le=2,
        doc="How much rarer it is to find somebody for an open post while the labour market is above its usual state: "
        "the chance in a quarter is exp(− tightness · cycle), at most 1.",
    )
    vacancy_quarters: int = param(
        1,
        unit="quarters",
        source="assumption",
        ge=0,
        le=8,
        doc="How long a post stays vacant before it is filled.",
    )
    search_cost: float = param(
        0.05,
        unit="mean annual pay",
        source="assumption",
        cite="P40",
        ge=0,
        le=2,
        doc="What finding somebody from outside costs (ODD 7.24); it is told as a cost and moves nobody.",
    )
