"""What no policy changes (`World`), and how the administration is cut into departments and posts (`Structure`)."""

from collections.abc import Iterator
from typing import Annotated, Literal

from annotated_types import Ge, Le, Len

from sim.core.parameters import Complaint, Settings, param
from sim.settings.departments import DepartmentSize, NewCityTier, Organisation
from sim.settings.labour import LabourMarket
from sim.settings.parks import ParkTerms
from sim.settings.people import People
from sim.settings.powers import Divestment, Powers, Transition
from sim.settings.ranks import Ranks, shares_of_ranks
from sim.settings.services import Agencies, Channels, Demand, Towns
from sim.settings.terms import AREA_LEVEL, MOST_RANKS

RankShares = Annotated[tuple[float, ...], Len(0, MOST_RANKS)]
PostsByRank = Annotated[tuple[Annotated[int, Ge(1), Le(5000)], ...], Len(0, MOST_RANKS)]


class Municipality(Settings):
    """The units the new area is ranked among (全市排名): each is an outside series, not simulated people."""

    units: int = param(
        21,
        unit="units",
        source="assumption",
        cite="P1",
        ge=2,
        le=60,
        doc="Units ranked together: 8 zones (P1) plus 13 districts and counties (assumed); 8 is the other reading.",
    )
    persistence: float = param(
        0.6,
        unit="correlation",
        source="assumption",
        ge=0,
        le=0.99,
        doc="Quarter-to-quarter autocorrelation of every unit's indicators, own and peers'.",
    )
    holder_share: float = param(
        0.5,
        unit="share",
        source="assumption",
        ge=0,
        le=1,
        doc="Part of a department's indicator that is the work of whoever answers for it; the rest is everybody's.",
    )


class Growth(Settings):
    """How a new city's economy grows. Growth is a yearly rate."""

    base: float = param(
        0.052, unit="rate a year", source="data", cite="P16", ge=-0.2, le=0.3, doc="Xi'an's outturn of 2023."
    )
    output_effect: float = param(
        0.1,
        unit="rate per unit of output per post",
        source="assumption",
        ge=0,
        le=1,
        doc="Growth per unit of true output per post beyond a founder's, in the economic departments.",
    )
    platform_effect: float = param(
        0.0,
        unit="rate a year",
        source="assumption",
        ge=-0.1,
        le=0.1,
        doc="What being the main window of the province's innovation platform adds; size unknown.",
    )
    autonomy_effect: float = param(
        0.01,
        unit="rate per unit of share",
        source="assumption",
        cite="P31",
        ge=-0.2,
        le=0.2,
        doc="Growth gained by deciding more economic items locally than at the founding.",
    )
    delay_effect: float = param(
        0.005,
        unit="rate per quarter",
        source="assumption",
        ge=0,
        le=0.2,
        doc="Growth lost per quarter that an economic matter takes.",
    )
    park_effect: float = param(
        0.005,
        unit="rate per SD",
        source="assumption",
        ge=0,
        le=0.2,
        doc="Growth per SD of the parks' results.",
    )
    shock_sd: float = param(
        0.01,
        unit="rate a year",
        source="assumption",
        ge=0,
        le=0.2,
        doc="Standard deviation of the AR(1) shock.",
    )


class World(Settings):
    """The place: what every regime meets alike."""

    new_cities: tuple[str, ...] = param(
        ("fengdong", "fengxi", "qinhan", "airport", "jinghe"),
        unit="names",
        source="seed",
        cite="P14",
        min_length=1,
        doc="The organisations that compete; `area_level` is added as the last organisation.",
    )
    roster: str = param(
        "",
        unit="file",
        source="design",
        doc="CSV or spreadsheet of the people and posts the area is founded from (`sim roster template`), relative to "
        "the file that names it; or {file, sheet, ...}. It replaces the structure, leaders_per_organisation and the "
        "founders' ages.",
    )
    roster_departments: tuple[str, ...] = param(
        (),
        unit="names",
        source="design",
        doc="organisation/department names the roster must have, these and no others; empty: what it says.",
    )
    leaders_per_organisation: int = param(
        6,
        unit="people",
        source="assumption",
        ge=0,
        le=50,
        doc="People above middle level, exempt from the regime; 6 in each of 6 organisations gives 36.",
    )
    difficulty_sd: float = param(
        0.5,
        unit="ability SD",
        source="assumption",
        ge=0,
        le=3,
        doc="How much the departments' tasks differ in how easily they show results.",
    )
    people: People = People()
    municipality: Municipality = Municipality()
    labour_market: LabourMarket = LabourMarket()
    growth: Growth = Growth()
    towns: Towns = Towns()
    demand: Demand = Demand()

    def complaints(self) -> Iterator[Complaint]:
        names = self.new_cities
        if AREA_LEVEL in names:
            yield "new_cities", f"{AREA_LEVEL} names what is above the new cities; choose another name"
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            yield "new_cities", f"{', '.join(twice)} is named twice"


class Structure(Settings):
    """Tiers, departments, posts and their ranks; who decides what; parks, agencies.

    Usual ranks: staff 1–3, managers 4 (deputy) and 5 (head), leaders 6.
    """

    tiers: Literal[2, 3] = param(
        2,
        unit="tiers",
        source="seed",
        doc="3: area, new city, town for everything; 2: two chains of two tiers (新区—新城, 新区—镇街).",
    )

    area_level: Organisation = Organisation()
    new_cities: NewCityTier = NewCityTier()
    department_size: DepartmentSize = DepartmentSize()
    manager_share: float = param(
        0.15,
        unit="share",
        source="assumption",
        ge=0,
        le=0.5,
        doc="Middle managers among a department's posts.",
    )
    ranks: Ranks = Ranks()
    rank_shares: RankShares = param(
        (0.40, 0.35, 0.25),
        unit="share",
        source="assumption",
        doc="Shares of the staff posts at each staff rank, the lowest first; they sum to 1.",
    )
    manager_rank_shares: RankShares = param(
        (1.0,),
        unit="share",
        source="assumption",
        doc="Shares of managers' posts below the head's at each managers' rank below the highest, the lowest first; "
        "they sum to 1. Empty where managers have one rank.",
    )
    posts_by_rank: PostsByRank = param(
        (),
        unit="posts, the highest rank first",
        source="design",
        doc="Posts of each rank in every department, down to rank 1, of all ranks or fewer: [1, 2, 8] is ranks 3, 2, "
        "1. It replaces department_size, manager_share and the shares of ranks; empty: those hold.",
    )
    powers: Powers = Powers()
    channels: Channels = Channels()
    divestment: Divestment = Divestment()
    transition: Transition = Transition()
    parks: ParkTerms = ParkTerms()
    agencies: Agencies = Agencies()
    reversion_share: float = param(
        0.0,
        unit="share a year",
        source="assumption",
        cite="P35",
        ge=0,
        le=1,
        doc="People placed in agencies who come back each year, and posts with them.",
    )

    def complaints(self) -> Iterator[Complaint]:
        yield from shares_of_ranks(self)
        if self.area_level.departments + self.new_cities.departments == 0:
            yield (
                "area_level.departments",
                "there is no department at all; area_level or new_cities needs one",
            )
