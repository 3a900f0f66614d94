"""The 48 mechanisms of the seed article, each with the key that holds it and an outcome that it moves.

`move` is what the tests change in `scenario` (with `given` on both sides) to show that the switch is live; `direction`
is the sign that the outcome then takes, 0 where it is open and `why` says so.
"""

from dataclasses import dataclass, field
from typing import Any

from sim.core.parameters import default_of
from sim.rules.base import REGISTRY, SLOTS
from sim.rules.regime import null_kind
from sim.scenario.schema import Scenario

TRIGGER = "regime.adjustment.triggers"


@dataclass(frozen=True)
class Mechanism:
    """One mechanism: what the article says, where it is held, and how it shows."""

    number: int
    chinese: str
    english: str
    key: str
    outcome: str
    direction: int
    move: dict[str, Any]
    scenario: str = "four_systems"
    given: dict[str, Any] = field(default_factory=dict)
    why: str = ""


def _one(
    number: int, chinese: str, english: str, key: str, to: Any, outcome: str, direction: int, **rest: Any
) -> Mechanism:
    """A mechanism that moves by one key."""
    return Mechanism(number, chinese, english, key, outcome, direction, {key: to}, **rest)


ONLY_COMPANIES = {"structure.parks.mode_effects": (0.0, 0.0, 3.0, 0.0), "horizon.quarters": 40}
ONE_A_DEPARTMENT = {"regime.appraisal.incompetent_share": 0.0, f"{TRIGGER}.last_in_department.in_a_row": 1}
MERGED = {
    "structure.area_level.departments": 2,
    "structure.new_cities.departments": 5,
    "structure.department_size.mean": 24,
    "structure.department_size.largest": 120,
}
MECHANISMS: tuple[Mechanism, ...] = (
    _one(1, "国家级新区", "national-level new area", "world.growth.base", 0.1, "growth", 1),
    _one(
        2,
        "职能和机构优化调整实施方案",
        "functions-and-organs adjustment plan",
        "structure.transition.loss",
        0.3,
        "output_per_post",
        -1,
        scenario="structure_only",
    ),
    _one(
        3,
        "新区抓全面、新城强发展、镇街强治理",
        "roles by tier",
        "structure.area_level.social_share",
        0.1,
        "gaming",
        1,
    ),
    _one(
        4,
        "直管区19个镇街",
        "19 towns under the area",
        "world.towns.number",
        0,
        "turnaround_social",
        1,
        given={"world.demand.load": 1.0},
    ),
    _one(
        5,
        "三级管理→两级",
        "three tiers become two chains of two",
        "structure.tiers",
        3,
        "turnaround_economic",
        1,
    ),
    Mechanism(
        6,
        "大部门制、扁平化",
        "broad departments",
        "structure.department_size.mean",
        "flagged",
        -1,
        MERGED,
        given=ONE_A_DEPARTMENT,
    ),
    _one(
        7,
        "内设机构20个",
        "20 departments at the area level",
        "structure.area_level.departments",
        1,
        "departments",
        -1,
    ),
    _one(
        8,
        "内设机构共减少80个",
        "80 departments fewer",
        "structure.new_cities.departments",
        7,
        "departments",
        -1,
        scenario="structure_only",
    ),
    _one(
        9,
        "下属管理服务机构共减少46个",
        "46 agencies fewer",
        "structure.agencies.number",
        0,
        "agency_staff",
        -1,
        scenario="full_reform",
    ),
    _one(
        10,
        "经济部门设置占比达80%",
        "economic departments 80 %",
        "structure.new_cities.economic_share",
        0.2,
        "gaming",
        -1,
    ),
    _one(
        11,
        "镇街综合改革、共进互促",
        "towns and new cities consult",
        "structure.powers.coordination",
        1.0,
        "turnaround_economic",
        1,
    ),
    _one(
        12,
        "逐步剥离移交社会事务",
        "phased divestment",
        "structure.divestment.quarters",
        30,
        "social_transferred",
        -1,
        scenario="structure_only",
    ),
    _one(
        13,
        "四级四同",
        "items uniform across levels",
        "structure.powers.uniform_items",
        False,
        "turnaround_economic",
        1,
        given={"world.demand.load": 1.0, "structure.powers.handoff_error": 0.5},
    ),
    _one(
        14,
        "成熟一项、剥离一项、承接一项",
        "one by one, when ready",
        "structure.divestment.readiness",
        0.0,
        "social_transferred",
        -1,
        scenario="structure_only",
        given={"world.demand.load": 1.02},
    ),
    _one(
        15,
        "权责清单、政务服务事项清单",
        "the two lists",
        "structure.powers.service_local",
        100,
        "turnaround_service",
        1,
    ),
    _one(
        16,
        "社会事务类1812项",
        "1,812 social items",
        "structure.powers.social_towns",
        0,
        "turnaround_social",
        1,
    ),
    _one(
        17,
        "新城行使3143项",
        "3,143 economic items delegated",
        "structure.powers.economic_local",
        1000,
        "turnaround_economic",
        1,
    ),
    _one(
        18,
        "应放尽放、充分授权",
        "full delegation",
        "world.growth.autonomy_effect",
        0.1,
        "growth",
        1,
        scenario="structure_only",
    ),
    Mechanism(
        19,
        "授权窗口即办、下放镇街、首席代表、全程网办",
        "four service channels",
        "structure.channels.online.share",
        "turnaround_economic",
        -1,
        {
            "structure.channels.counter.share": 0.0,
            "structure.channels.towns.share": 0.0,
            "structure.channels.representative.share": 0.0,
            "structure.channels.online.share": 1.0,
        },
    ),
    _one(
        20,
        "全区通办、办事体验不降",
        "experience must not fall",
        "world.demand.delay_weight",
        5.0,
        "service_quality",
        -1,
    ),
    _one(21, "秦创原总窗口", "Qinchuangyuan main window", "world.growth.platform_effect", 0.01, "growth", 1),
    _one(
        22,
        "管委会+园区(公司)",
        "committee and park company",
        "structure.parks.mode",
        "company",
        "park_result",
        1,
        given=ONLY_COMPANIES,
    ),
    _one(
        23,
        "3+7+N产业链",
        "industry chains",
        "structure.parks.industry_sd",
        0.0,
        "park_result",
        0,
        why="industries differ around the same mean, so the sign is luck",
    ),
    _one(24, "10大特色产业园区", "ten parks", "structure.parks.number", 5, "park_pay", -1),
    _one(
        25,
        "企业化管理、市场化运营",
        "corporatised management",
        "structure.parks.market_terms",
        False,
        "park_pay",
        -1,
    ),
    _one(
        26,
        "园办、公司、平台公司、运营公司",
        "operating modes, imitated",
        "structure.parks.imitation",
        0.0,
        "park_result",
        -1,
        given=ONLY_COMPANIES,
    ),
    _one(27, "市场化选聘、契约化管理", "market hiring", "structure.parks.market_gain", 1.0, "park_result", 1),
    _one(28, "揭榜挂帅", "open-bid posting", "structure.parks.open_bid", False, "over_promising", -1),
    _one(29, "四定", "four fixes", "regime.contributions.kind", "none", "just_met", -1),
    _one(30, "四制", "four systems", "regime.appraisal.kind", "none", "flagged", -1),
    _one(
        31,
        "机构和员额动态调整机制",
        "dynamic headcount and organs",
        "regime.posts.kind",
        "dynamic",
        "authorised",
        0,
        why="headcount moves between new cities by rank; the sum is left to rounding and luck",
    ),
    _one(
        32,
        "中层及中层以下全部聘用",
        "all up to middle level on contract",
        "regime.appointment.kind",
        "established",
        "resignations",
        -1,
    ),
    _one(
        33, "转聘分流", "conversion and diversion", "regime.appointment.conversion", "choice", "opted_out", 1
    ),
    _one(
        34,
        "自愿放弃身份",
        "voluntary surrender of status",
        "behaviour.conversion.net_worth",
        0.5,
        "opted_out",
        -1,
        scenario="full_reform",
    ),
    _one(
        35,
        "无转聘意愿的安排到行政事业单位",
        "placement of those who opt out",
        "structure.agencies.places_each",
        0,
        "agency_staff",
        -1,
        scenario="full_reform",
    ),
    _one(
        36,
        "三项机制",
        "three mechanisms: fault tolerance",
        "regime.appraisal.forgiveness",
        0.8,
        "risky_projects",
        1,
    ),
    Mechanism(
        37,
        "主要任务指标排名靠后",
        "managers whose indicators rank towards the back",
        f"{TRIGGER}.managers_at_the_back",
        "flagged",
        1,
        {f"{TRIGGER}.at_the_back": {"kind": "managers_at_the_back", "share": 0.3}},
    ),
    _one(
        38,
        "连续两年排名后10%",
        "managers two years in the bottom tenth",
        f"{TRIGGER}.bottom_managers.share",
        0.4,
        "flagged",
        1,
    ),
    _one(
        39,
        "连续两年在部门年度考核中排名末位",
        "last in the department two years",
        f"{TRIGGER}.last_in_department.in_a_row",
        1,
        "flagged",
        1,
    ),
    _one(
        40,
        "年度考核不称职",
        "annual grade incompetent",
        "regime.appraisal.incompetent_share",
        0.1,
        "flagged",
        1,
    ),
    _one(
        41,
        "连续三个季度在全市排名末位",
        "three quarters last in the municipality",
        f"{TRIGGER}.last_in_municipality.in_a_row",
        1,
        "flagged",
        1,
    ),
    Mechanism(
        42,
        "等6种不适应岗位需求",
        "three triggers that are not named",
        f"{TRIGGER}.lost_competition",
        "flagged",
        1,
        {f"{TRIGGER}.assumed": {"kind": "lost_competition", "contested_share": 0.3}},
    ),
    _one(
        43, "纳入蓄水池管理", "the reservoir", "regime.adjustment.reservoir.stay_quarters", 6, "reservoir", 1
    ),
    _one(44, "能上能下、能进能出", "up and down, in and out", "regime.ranks.kind", "flat", "mobility", -1),
    _one(
        45,
        "浮动薪酬",
        "floating pay tied to growth",
        "regime.floating_pay.growth_link",
        0.0,
        "pay_gini",
        0,
        why="funds follow growth between new cities; whether that spreads pay depends on who grew",
    ),
    Mechanism(
        46,
        "季度绩效、等次绩效、年度绩效",
        "three-part performance pay",
        "regime.floating_pay.quarterly_part",
        "effort",
        1,
        {
            "regime.floating_pay.quarterly_part": 1.0,
            "regime.floating_pay.grade_part": 0.0,
            "regime.floating_pay.annual_part": 0.0,
        },
    ),
    _one(47, "差异分配", "rank-based differentiation", "regime.floating_pay.rank_weight", 1.0, "pay_gini", 1),
    _one(
        48,
        "干多干少一个样",
        "ending equal pay",
        "regime.floating_pay.floating_share",
        0.0,
        "pay_contribution_correlation",
        -1,
    ),
)


def default_at(key: str) -> Any:
    """The default of a scenario key; for a setting of a rule, that of the first kind that has it."""
    names = key.split(".")
    if key.startswith(TRIGGER):
        kind = REGISTRY["trigger"][names[3]]
        return default_of(kind.model_fields[names[4]]) if len(names) > 4 else "in no shipped regime"
    if names[0] == "regime" and names[1] in SLOTS:
        return _default_of_rule(names[1], names[2:])
    value: Any = Scenario()
    for name in names:
        value = getattr(value, name)
    return value


def _default_of_rule(slot: str, names: list[str]) -> Any:
    if names == ["kind"]:
        return null_kind(slot)
    for kind in REGISTRY[slot].values():
        if names[0] in kind.model_fields:
            value = default_of(kind.model_fields[names[0]])
            for name in names[1:]:
                value = getattr(value, name)
            return value
    raise LookupError(f"no kind of {slot} has {'.'.join(names)}")
