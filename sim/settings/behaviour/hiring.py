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
