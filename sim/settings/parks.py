"""The specialty parks (特色产业园区): how many, operated how, on which terms."""

from typing import Literal

from sim.core.parameters import Settings, param

MODES = ("joint", "office", "company", "outsourced")
"""园办+公司, 园办, 平台公司, 社会专业化运营公司."""


class ParkTerms(Settings):
    """Ten parks, in one of four operating modes, run on market terms."""

    number: int = param(
        10, unit="parks", source="seed", ge=0, le=500, doc="10大特色产业园区, shared over the new cities."
    )
    staff: int = param(
        0,
        unit="people",
        source="assumption",
        ge=0,
        le=200,
        doc="People of each park, its head among them: an operator department of its new city. 0: the operator is a "
        "record that works and is paid beside the staff.",
    )
    staff_pay: float = param(
        1.0,
        unit="times usual pay",
        source="assumption",
        cite="P13",
        ge=0.2,
        le=5,
        doc="Normal pay of a park's people on market terms, in that of the same rank elsewhere (差异化薪酬).",
    )
    head_share: float = param(
        0.5,
        unit="share",
        source="assumption",
        ge=0,
        le=1,
        doc="Part of a park's result that is its head's own work; the rest is the mean of all its people. With staff.",
    )
    mode: Literal["chosen", "joint", "office", "company", "outsourced"] = param(
        "chosen",
        unit="choice",
        source="seed",
        doc="chosen: each new city begins somewhere and imitates the area's best park; or one mode for all.",
    )
    mode_effects: tuple[float, float, float, float] = param(
        (0.0, 0.0, 0.0, 0.0),
        unit="ability SD",
        source="assumption",
        doc="What joint, office, company and outsourced operation add; nothing is known, so 0.",
    )
    imitation: float = param(
        0.25,
        unit="chance a year",
        source="assumption",
        ge=0,
        le=1,
        doc="A new city gives its worst park the mode of the area's best.",
    )
    market_terms: bool = param(
        True,
        unit="yes or no",
        source="seed",
        doc="Market hiring, contract, differentiated pay and exit (市场化选聘、契约化管理、差异化薪酬、市场化退出).",
    )
    market_gain: float = param(
        0.2,
        unit="ability SD",
        source="assumption",
        ge=-1,
        le=2,
        doc="By how much market hiring raises the mean ability of bidders, and of applicants for a park's other posts.",
    )
    market_pay: float = param(
        2.0,
        unit="mean annual pay",
        source="assumption",
        ge=0,
        le=20,
        doc="An operator's pay on market terms, while parks have no staff.",
    )
    bonus: float = param(
        0.2,
        unit="mean annual pay per SD",
        source="assumption",
        ge=0,
        le=5,
        doc="Pay by result, while parks have no staff.",
    )
    open_bid: bool = param(
        True,
        unit="yes or no",
        source="seed",
        doc="揭榜挂帅: the highest promise wins; otherwise the best signal.",
    )
    boldness: float = param(
        0.5,
        unit="ability SD",
        source="assumption",
        ge=0,
        le=5,
        doc="How much bidders' promises vary for no reason: the winner's curse grows with it.",
    )
    bidders: int = param(4, unit="bidders", source="assumption", ge=1, le=50, doc="Bidders for a park.")
    industry_sd: float = param(
        0.5,
        unit="ability SD",
        source="assumption",
        ge=0,
        le=5,
        doc="How much the parks' industries (3+7+N) differ in how easily they show results.",
    )
    result_sd: float = param(
        0.5, unit="ability SD", source="assumption", ge=0, le=5, doc="Luck of a park's quarter."
    )
    tolerance: float = param(
        0.5,
        unit="ability SD",
        source="assumption",
        ge=0,
        le=10,
        doc="How far below the promise is a short year.",
    )
    patience: int = param(
        2,
        unit="years",
        source="assumption",
        ge=1,
        le=20,
        doc="Short years running after which an operator goes.",
    )
    quit: float = param(
        0.1,
        unit="a year",
        source="assumption",
        ge=0,
        le=1,
        doc="Operators who leave; half off market terms. Parks' staff resign as everybody does.",
    )
