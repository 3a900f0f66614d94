"""How people respond. Nothing here is policy; every value is a prior to be varied (ODD.md §7)."""

from sim.core.parameters import Settings, param


class Ability(Settings):
    """Latent ability, in standard deviations of the applicants (B1)."""

    kept_on_role_change: float = param(
        0.5,
        unit="correlation",
        source="assumption",
        cite="P39",
        ge=0,
        le=1,
        doc="Correlation of ability across becoming or ceasing to be a manager: 1 keeps competence, 0 redraws it.",
    )
    output_sd: float = param(
        0.20,
        unit="share of mean output",
        source="literature",
        cite="P24",
        ge=0,
        le=1,
        doc="Output gained per SD of true contribution.",
    )
    ramp_start: float = param(
        0.5,
        unit="share of output",
        source="assumption",
        ge=0,
        le=1,
        doc="Newcomers' output in the first quarter on a post; it closes on 1 exponentially.",
    )
    ramp_start_insiders: float = param(
        0.8,
        unit="share of output",
        source="assumption",
        ge=0,
        le=1,
        doc="The same for people who change department, or become or cease to be managers.",
    )
    ramp_quarters: float = param(
        3.0, unit="quarters", source="assumption", ge=0.1, le=40, doc="Time constant of learning a post."
    )
    ramp_score_loss: float = param(
        0.5,
        unit="ability SD",
        source="assumption",
        ge=0,
        le=3,
        doc="Score lost while output is zero for want of learning.",
    )


class Rating(Settings):
    """What the score sees (B2)."""

    reliability_staff: float = param(
        0.52,
        unit="squared correlation",
        source="literature",
        cite="P25",
        ge=0.05,
        le=1,
        doc="Squared correlation of the annual score with ability at founding, difficulty apart.",
    )
    reliability_managers: float = param(
        0.50,
        unit="squared correlation",
        source="assumption",
        cite="P25",
        ge=0.05,
        le=1,
        doc=".57 for managerial posts in research, lowered for administrative use.",
    )
    persistent_share: float = param(
        0.30,
        unit="share of annual error variance",
        source="assumption",
        ge=0,
        le=1,
        doc="Error that stays with a person and a rater from year to year.",
    )
    persistence: float = param(
        0.9,
        unit="correlation",
        source="assumption",
        ge=0,
        le=1,
        doc="Year-to-year autocorrelation of the persistent error; redrawn when the department changes.",
    )
    hard_share_economic: float = param(
        0.7,
        unit="share",
        source="assumption",
        ge=0,
        le=1,
        doc="Weight of hard indicators in an economic department.",
    )
    hard_share_social: float = param(
        0.4,
        unit="share",
        source="assumption",
        ge=0,
        le=1,
        doc="Weight of hard indicators in a social department.",
    )
    hard_share_administrative: float = param(
        0.5, unit="share", source="assumption", ge=0, le=1, doc="Weight in an administrative department."
    )


class Belief(Settings):
    """What people think of themselves (B6)."""

    difficulty_known: bool = param(
        True,
        unit="yes or no",
        source="assumption",
        doc="Whether people discount their department's difficulty from their scores.",
    )


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
    morale_effect: float = param(
        0.5,
        unit="SD per unit of morale",
        source="assumption",
        ge=0,
        le=3,
        doc="Unmeasured effort per unit of morale.",
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
        doc="Posts people expect to fall vacant in a year.",
    )


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
        0.65, unit="logit", source="literature", cite="P23", ge=0, le=5, doc="Living with a strike."
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


class Hiring(Settings):
    """Who comes (B14): the best of 1/selection_ratio applicants by a score of limited validity."""

    validity: float = param(
        0.3,
        unit="correlation",
        source="literature",
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
        doc="Shift of applicants' mean ability with the marginal reward of floating pay: the largest single driver.",
    )
    vacancy_quarters: int = param(
        1,
        unit="quarters",
        source="assumption",
        ge=0,
        le=8,
        doc="How long a post stays vacant before it is filled.",
    )


class Behaviour(Settings):
    """Everything about how people respond."""

    ability: Ability = Ability()
    rating: Rating = Rating()
    belief: Belief = Belief()
    effort: Effort = Effort()
    stakes: Stakes = Stakes()
    morale: Morale = Morale()
    quits: Quits = Quits()
    hiring: Hiring = Hiring()
