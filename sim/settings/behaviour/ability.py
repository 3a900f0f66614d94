"""What people can do, what a score sees of it, and what they know of themselves."""

import math
from collections.abc import Iterator
from typing import Annotated, Literal

from annotated_types import Ge, Len

from sim.core.parameters import Complaint, Settings, param
from sim.settings.terms import MOST_RANKS

MOST_SKILLS = 12
Profile = Annotated[tuple[Annotated[float, Ge(0)], ...], Len(0, MOST_SKILLS)]
Profiles = Annotated[tuple[Profile, ...], Len(0, MOST_RANKS)]


class Skills(Settings):
    """Several skills that stay with a person, and what each role asks of them; only for `role_change: skills`."""

    profiles: Profiles = param(
        ((0.8, 0.2), (0.2, 0.8)),
        unit="weight",
        source="assumption",
        cite="P39",
        doc="Weight of each skill, one list a role: staff and managers, or with role_change_by rank one a rank of "
        "structure.ranks, the lowest first. Only the proportions within a list matter. At the default what the two "
        "roles ask for correlates .47, which is near kept_on_role_change.",
    )
    correlation: float = param(
        0.0,
        unit="correlation",
        source="assumption",
        ge=0,
        le=1,
        doc="Correlation of any two skills among applicants: at 1 whoever is good at one role is as good at all.",
    )

    def complaints(self) -> Iterator[Complaint]:
        skills = len(self.profiles[0]) if self.profiles else 0
        for number, profile in enumerate(self.profiles, start=1):
            if len(profile) != skills:
                yield (
                    "profiles",
                    f"list {number} has {len(profile)} weights, list 1 has {skills}; all need as many",
                )
            elif not any(profile):
                yield "profiles", f"list {number} has no weight above 0; a role needs one skill at least"


class Ability(Settings):
    """Latent ability, in standard deviations of the applicants (B1)."""

    distribution: Literal["normal", "lognormal", "pareto", "clipped", "truncated"] = param(
        "normal",
        unit="choice",
        source="assumption",
        doc="Shape of ability among applicants: normal; with a few who are far better than most (lognormal, pareto); "
        "or a normal within bounds: what lies beyond is put on them (clipped), or does not occur (truncated).",
    )
    tail: float = param(
        0.3,
        unit="SD of the logarithm, or 1 over the Pareto exponent",
        source="assumption",
        ge=0.01,
        le=0.49,
        doc="How heavy the upper tail is; only for lognormal and pareto.",
    )
    lowest: float = param(
        -3.0,
        unit="ability SD",
        source="assumption",
        ge=-10,
        le=-0.01,
        doc="Nobody is less able; only for clipped and truncated.",
    )
    highest: float = param(
        3.0,
        unit="ability SD",
        source="assumption",
        ge=0.01,
        le=10,
        doc="Nobody is abler; only for clipped and truncated.",
    )
    role_change: Literal["regression", "noise", "redraw", "skills"] = param(
        "regression",
        unit="choice",
        source="assumption",
        cite="P39",
        doc="What a change of role does to ability: regression keeps kept_on_role_change of it; noise keeps all, give "
        "or take role_change_noise; redraw makes it that of a fresh hire (the Peter hypothesis); skills stay as they "
        "are, and the new role asks for another mix of them.",
    )
    role_change_by: Literal["tier", "rank"] = param(
        "tier",
        unit="choice",
        source="assumption",
        cite="P39",
        doc="Which moves are a change of role: becoming or ceasing to be a manager, or any that changes the rank.",
    )
    role_change_noise: float = param(
        0.5,
        unit="ability SD",
        source="assumption",
        cite="P39",
        ge=0,
        le=5,
        doc="Ability gained or lost at most in a change of role, uniformly; only for noise.",
    )
    kept_on_role_change: float = param(
        0.5,
        unit="correlation",
        source="assumption",
        cite="P39",
        ge=0,
        le=1,
        doc="Correlation of ability across a change of role: 1 keeps competence, 0 redraws it; only for regression.",
    )
    skills: Skills = Skills()
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
        0.82,
        unit="share of output",
        source="assumption",
        cite="P40",
        ge=0,
        le=1,
        doc="Newcomers' output in the first quarter on a post; it closes on 1 exponentially. From what replacing a "
        "leaver costs, by steps that are assumed (ODD 7.24); among the largest levers of the headline.",
    )
    ramp_start_insiders: float = param(
        0.9,
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

    @property
    def bounds(self) -> tuple[float, float]:
        """Lowest and highest ability there is; infinite without bounds."""
        if self.distribution in ("clipped", "truncated"):
            return self.lowest, self.highest
        return -math.inf, math.inf


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
    reliability_among: Literal["founders", "applicants"] = param(
        "founders",
        unit="choice",
        source="design",
        doc="Whose spread of ability the reliabilities refer to: those who were selected, or all who apply.",
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
    noise: Literal["normal", "logistic", "gumbel"] = param(
        "normal",
        unit="choice",
        source="assumption",
        cite="P21",
        doc="Shape of the passing error of a score, and of the uncertainty that people reckon with; SD is the same. "
        "gumbel is skewed: now and then a score is far too good.",
    )
    group_bias_sd: float = param(
        0.0,
        unit="ability SD",
        source="assumption",
        cite="P25",
        ge=0,
        le=1,
        doc="How much departments' raters differ in severity, in the rated part of the score.",
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
