"""Random settings of every kind, and small areas that are reformed from one random regime to another."""

from functools import partial
from typing import Literal, get_args, get_origin

import sim.rules  # noqa: F401
from sim.rules.base import REGISTRY, SLOTS
from tests.rules.kinds import bounds

HANDY = {
    "smallest_department": [2, 6],
    "standard": [-1.0, 0.2],
    "error_sd": [0, 0.5],
    "vote_weight": [0, 0.4, 1],
}
"""Values that matter in a small area, of settings whose range is mostly beyond it."""


def value_of(name, field, r):
    """Some value of a trigger's setting, from its declaration: a choice, either, near the default or well inside."""
    if name in HANDY:
        return r.choice(HANDY[name])
    if get_origin(field.annotation) is Literal:
        return r.choice(get_args(field.annotation))
    if field.annotation is bool:
        return r.random() < 0.7
    (low,), (high,) = bounds(field)
    if field.annotation is int:
        return r.choice([low, low, field.default, min(high, low + 2)])
    return r.choice([field.default, low + 0.2 * (high - low), low])


def trigger_of(rule, r):
    """Some value for every setting of a trigger, so that they agree with one another."""
    drawn = {name: value_of(name, field, r) for name, field in rule.model_fields.items() if name != "kind"}
    if drawn["in_a_row"] == 1 or not drawn["consecutive"]:
        drawn["within"] = 0
    elif drawn["within"]:
        drawn["within"] = max(drawn["within"], drawn["in_a_row"])
    return drawn


TRIGGERS = {
    kind: partial(trigger_of, rule)
    for kind, rule in REGISTRY["trigger"].items()
    if rule.__module__.startswith("sim.")
}


PAY = [[0.7, 0.9, 1.1, 1.4, 1.8, 2.2], [1, 1, 1.5, 1.5, 3, 3]]
PARTS = [
    {},
    {"quarterly_part": 1, "grade_part": 0, "annual_part": 0},
    {"quarterly_part": 0, "grade_part": 0.5, "annual_part": 0.5},
]


GROUPS = [
    {},
    {},
    {"women": {"share": 0.4, "rating_bias": -0.3, "quits": 0.5}, "men": {"share": 0.6, "ability": -0.4}},
    {
        "near": {"share": 0.5, "at_founding": [0.2, 0.3, 0.4, 0.5, 0.6, 0.9], "ability": 0.3, "quits": -1.0},
        "far": {"share": 0.3, "at_founding": [0.3, 0.3, 0.3, 0.2, 0.2, 0.1], "rating_bias": 0.5},
        "elsewhere": {"share": 0.2, "at_founding": [0.5, 0.4, 0.3, 0.3, 0.2, 0.0]},
    },
]

LISTS = [
    {
        "names": ["A", "B", "C", "D", "E"],
        "limit_by": ["rank", "rank", "standard", "standard"],
        "limits": [0.1, 0.4, 0.3, 0.1],
        "counts_as": ["excellent", "competent", "competent", "basically_competent", "incompetent"],
        "multipliers": [1.5, 1.2, 1.0, 0.6, 0.0],
    },
    {
        "names": ["S", "A", "B", "C"],
        "limit_by": ["standard", "rank", "rank"],
        "limits": [0.8, 0.6, 0.85],
        "counts_as": ["excellent", "excellent", "competent", "incompetent"],
        "multipliers": [],
    },
    {
        "names": ["fit", "unfit"],
        "limit_by": ["rank"],
        "limits": [0.8],
        "counts_as": ["competent", "incompetent"],
        "multipliers": [1.1, 0.3],
    },
]


def audits(r):
    return {"audit_rate": r.choice([0.02, 0.5]), "forgiveness": r.choice([0, 0.5])}


KINDS = {
    ("posts", "open"): lambda r: {},
    ("posts", "fixed"): lambda r: {},
    ("posts", "dynamic"): lambda r: {
        "step_cap": 0.1,
        "organs": r.random() < 0.8,
        "weights": r.choice([[0.25, 0.25, 0.25, 0.25], [0, 0, 0.5, 0.5]]),
    },
    ("posts", "ranked_postings"): lambda r: {"every_years": r.randint(1, 2), "posting_worth": r.random()},
    ("ranks", "flat"): lambda r: {},
    ("ranks", "ladder"): lambda r: {
        "promotion": r.choice(["merit", "seniority", "reverse_merit", "lottery", "mixed", "alternate"]),
        "merit_weight": r.choice([0.3, 0.8]),
        "years_in_rank": r.choice([0, 1, 3.0]),
        "demotion": r.random() < 0.8,
        "excellent_credit_years": r.choice([0, 0.5]),
        "outside_share": r.choice([0, 0, 0.5]),
    },
    ("ranks", "reputation"): lambda r: {
        "worth_a_year": r.random(),
        "years_in_rank": r.choice([0, 1]),
        "demotion": r.random() < 0.8,
        "excellent_credit_years": r.choice([0, 0.5]),
        "outside_share": r.choice([0, 0, 0.5]),
    },
    ("contributions", "none"): lambda r: {},
    ("contributions", "annual_targets"): lambda r: {
        "holder": r.choice(["person", "department"]),
        "ratchet_up": r.random(),
        "ratchet_down": r.random(),
        "growth": r.choice([0, 0.05]),
        "amplification": r.choice([1, 1.2]),
        "tiers": r.randint(1, 4),
    },
    ("salaries", "equal"): lambda r: {"wage_bill": r.choice(["equal", "free"]), **premium(r)},
    ("salaries", "national_scale"): lambda r: {
        "step": 0.05,
        "step_years": r.randint(1, 3),
        "highest_step": r.choice([2, 10]),
        "rank_pay": r.choice(PAY),
        "wage_bill": r.choice(["equal", "free"]),
        **premium(r),
    },
    ("salaries", "post_and_rank"): lambda r: {
        "rank_pay": r.choice(PAY),
        "wage_bill": r.choice(["equal", "free"]),
        **premium(r),
    },
    ("appointment", "established"): lambda r: {},
    ("appointment", "contract"): lambda r: {
        "term_years": r.randint(1, 3),
        "renewal_grade": r.randint(0, 3),
        "staggered": r.random() < 0.5,
        "conversion": r.choice(["everybody", "choice", "competition"]),
        "kept_share": r.choice([0.7, 0.95]),
        "challenge_share": r.random(),
        "severance_months": r.choice([0, 1]),
        "unlawful_factor": r.choice([1, 2]),
    },
    ("appraisal", "none"): lambda r: {},
    ("appraisal", "four_grades"): lambda r: {
        "excellent_cap": r.choice([0, 0.2]),
        "leniency": r.choice([0, 0.5]),
        "basic_share": r.choice([0, 0.1]),
        "incompetent_share": r.choice([0, 0.1]),
        **audits(r),
    },
    ("appraisal", "absolute_standard"): lambda r: {
        "excellent_share": r.choice([0, 0.3]),
        "leniency": r.choice([0, 0.5]),
        "basic_share": r.choice([0, 0.1]),
        "incompetent_share": r.choice([0, 0.1]),
        **audits(r),
    },
    ("appraisal", "forced_distribution"): lambda r: {
        "bottom_share": r.choice([0.1, 0.25]),
        "excellent_share": r.choice([0, 0.2]),
        "smallest_group": r.choice([1, 3]),
        **audits(r),
    },
    ("appraisal", "grade_list"): lambda r: {
        **r.choice(LISTS),
        "leniency": r.choice([0, 0.5]),
        **audits(r),
    },
    ("adjustment", "none"): lambda r: {},
    ("adjustment", "triggers"): lambda r: {
        "triggers": {
            f"{kind}_{i}": {"kind": kind, **settings(r)}
            for i, (kind, settings) in enumerate(r.sample(sorted(TRIGGERS.items()), r.randint(1, 5)))
        },
        "enforcement": r.choice([1.0, 0.6]),
        "selection": r.choice(["rule", "rule", "lottery", "pooled"]),
        "expected_flag_share": r.choice([0.02, 0.2]),
        "reservoir": {
            "training_gain": 0.1,
            "stigma": r.choice([0, 0.3]),
            "pay_share": r.choice([1.0, 0.7]),
            "extension_quarters": r.randint(0, 2),
        },
        "probation": {
            "quarters": r.randint(1, 3),
            "standard": r.choice([-0.5, 0.3]),
            "failed": r.choice(["exit", "reservoir", "demotion", "reposting"]),
            "passed": r.choice(["clear", "keep"]),
        },
    },
    ("floating_pay", "fixed"): lambda r: {},
    ("floating_pay", "three_part"): lambda r: {
        "floating_share": r.random() * 0.6,
        "pot": r.choice(["zero_sum", "open"]),
        "forfeited": r.choice(["budget", "colleagues"]),
        "cap": r.choice([1.05, 2.0]),
        **r.choice(PARTS),
        "rank_weight": r.choice([0, 0.5, 1]),
        "score_slope": r.choice([0.2, 0.9]),
        "grade_multipliers": r.choice([[1.2, 1, 0.5, 0], [1.5, 1, 1, 0.2]]),
        "target_multipliers": r.choice([[1.5, 0.5], [1, 1], [2.0, 0]]),
        "department_slope": r.choice([0, 0.3]),
        "growth_link": r.choice([0.5, 5]),
        "growth_reference": r.choice([0.052, -0.1, 0.3]),
        "own_growth_link": r.choice([0, 5]),
    },
}


def random_regime(r):
    """Some kind with some parameters in every slot."""
    regime = {}
    for slot in SLOTS:
        kind = r.choice(sorted(kind for own, kind in KINDS if own == slot))
        regime[slot] = {"kind": kind, **KINDS[slot, kind](r)}
    return regime


def parks(r):
    return {
        "number": r.choice([0, 3]),
        "mode": r.choice(["chosen", "chosen", "outsourced"]),
        "mode_effects": [0, 1, 2, 3],
        "market_terms": r.random() < 0.7,
        "open_bid": r.random() < 0.7,
        "patience": r.randint(1, 2),
        "imitation": 0.5,
    }


def powers(r):
    return {
        "tiers": r.choice([2, 3]),
        "powers": {
            "uniform_items": r.random() < 0.5,
            "social_towns": r.choice([0, 393]),
            "economic_local": r.choice([0, 3143, 3454]),
            "deciding_work": r.choice([0, 0.2, 1]),
            "handoff_work": r.choice([0, 0.1]),
        },
        "channels": {name: {"work": r.choice([0.5, 1.2])} for name in ("counter", "online")},
        "divestment": {"quarters": 3, "readiness": r.choice([0, 1.2])},
        "agencies": {"number": 3, "places_each": 1, "work_each": r.choice([0, 0.5])},
        "reversion_share": r.choice([0, 0.3]),
    }


def merged_structure(r, area_level=3):
    """Fewer departments and other powers."""
    return {
        "tiers": 2,
        "area_level": {"departments": min(area_level, 3)},
        "new_cities": {"departments": 2, "economic_share": 0.8, "social_share": 0},
        "transition": {"quarters": r.randint(0, 3)},
        "powers": {"economic_local": r.choice([1000, 3454]), "service_local": r.choice([100, 545])},
    }


def random_scenario(r):
    """A small area that is reformed from one random regime to another, its departments merged more often than not."""
    area_level = r.choice([0, 3, 5])
    merged = {"structure": merged_structure(r, area_level)}
    powers_alone = {"structure": {"powers": {"economic_local": r.choice([1000, 3454])}}}
    found = {
        "name": "random",
        "horizon": {"quarters": 16},
        "calendar": {"quarters_per_year": r.choice([1, 2, 4, 4])},
        "hold": r.choice([[], [], [], ["effort"], ["workforce"], ["gaming"], ["effort", "gaming"]]),
        "hold_after": r.choice([0, 0, 3, 10]),
        "structure": {
            "department_size": {"mean": 7, "smallest": 2, "variation": r.choice([0, 0.6])},
            "area_level": {"departments": area_level, "interdependence": r.choice([0, 0.8])},
            "new_cities": {"departments": 8, "economic_share": 0.5, "social_share": 0.4},
            "manager_share": r.choice([0, 0.15, 0.3]),
            "posts_by_rank": r.choice([[], [], [1, 2, 4], [1, 1, 1, 1, 1, 3]]),
            "parks": parks(r),
            **powers(r),
        },
        "world": {
            "new_cities": ["one", "two"],
            "municipality": {"units": 4, "holder_share": r.choice([0, 0.5, 1])},
            "leaders_per_organisation": r.randint(0, 2),
            "people": {
                "contract_share": r.choice([0, 0.6]),
                "oldest_founder": r.choice([200, 45]),
                "founder_ages": {"distribution": r.choice(["uniform", "clipped", "truncated"]), "mean": 40},
                "hire_ages": {"distribution": r.choice(["uniform", "clipped", "truncated"]), "oldest": 30},
                "founders_placed_by": r.choice(["seniority", "lot"]),
            },
            "demand": {
                "load": r.choice([0.9, 1.1]),
                "sd": r.choice([0, 0.3]),
                "usual_load": r.choice([0.9, 1.1]),
                "load_weight": r.choice([0, 0.6]),
                "agencies_part": r.choice([0, 3]),
                "false_alarm": r.choice([0.05, 0.4]),
            },
            "towns": {"number": r.choice([0, 2])},
        },
        "behaviour": {
            "hiring": {"vacancy_quarters": r.randint(0, 2)},
            "quits": {"base_established": r.choice([0.002, 0.2]), "base_contract": r.choice([0.05, 0.3])},
            "rating": {
                "persistent_share": r.choice([0, 0.3, 1]),
                "persistence": r.choice([0.5, 1]),
                "noise": r.choice(["normal", "normal", "logistic", "gumbel"]),
                "reliability_among": r.choice(["founders", "applicants"]),
            },
            "belief": {"difficulty_known": r.random() < 0.5},
            "effort": {
                "curvature": r.choice([1, 5]),
                "withholding": r.choice([0, 0.5]),
                "foresight": r.choice(["own_response"] * 3 + ["constant_chance", "iterated_response"]),
                "response": r.choice([1, 1, 0.5]),
                "feedback": r.choice([0, 0.15, -0.15]),
                "fair_wage": r.choice([0, 0.5]),
            },
            "gaming": {"manipulability": r.choice([0, 0.6]), "cost": r.choice([0.2, 0.8])},
            "helping": {"cost_of_sabotage": r.choice([0.4, 2.0])},
            "risk": {
                "share": r.choice([0, 0.2, 1]),
                "sd": r.choice([0, 0.5]),
                "aversion": r.choice([0, 2, 4]),
            },
            "collusion": {"chance": r.choice([0, 0.5])},
            "ability": {
                "distribution": r.choice(["normal", "normal", "lognormal", "pareto", "clipped", "truncated"]),
                "lowest": r.choice([-3, -1]),
                "highest": r.choice([0.5, 2]),
                "role_change": r.choice(["regression", "regression", "noise", "redraw"]),
                "role_change_by": r.choice(["tier", "rank"]),
            },
            "conversion": {"net_worth": r.choice([-0.2, 0.1])},
            "morale": {"survivors": r.choice([0, 2]), "load": r.choice([0, 0.5])},
            "stakes": {
                "turnover_learning": r.choice([0, 0.5, 1]),
                "expected_turnover": r.choice([0.07, 0.5]),
            },
        },
        "regime": random_regime(r),
        "timeline": [
            {
                "quarter": r.choice([0, 4, 5]),
                "set": {"regime": random_regime(r)} | r.choice([{}, merged, merged, powers_alone]),
            }
        ],
    }
    found["world"]["labour_market"] = labour_market(r)
    found["world"]["people"]["youngest_hire"] = r.choice([18, 22])
    for part, settings in who_comes_and_goes(r).items():
        found["behaviour"].setdefault(part, {}).update(settings)
    found["world"]["people"]["groups"] = r.choice(GROUPS)
    return found


def labour_market(r):
    return {
        "pay_level": r.choice([0, -0.2, 0.5]),
        "pay_sd": r.choice([0, 0.3]),
        "persistence": r.choice([0, 0.9]),
        "ability_price": r.choice([0, 0.4]),
    }


def skills(r):
    """Now and then skills stay and roles ask for a mix of them; profiles by tier or by the six usual ranks."""
    by = r.choice(["tier", "rank"])
    profiles = [
        [r.choice([0, 0.2, 1]), r.choice([0.1, 2]), r.random()] for _ in range(2 if by == "tier" else 6)
    ]
    chosen = {"profiles": profiles, "correlation": r.choice([0, 0.4, 1])}
    return r.choice([{}, {}, {"role_change": "skills", "role_change_by": by, "skills": chosen}])


def who_comes_and_goes(r):
    quits = {
        "tenure": r.choice([0, 0.5]),
        "age": r.choice([0, 0.4, -0.2]),
        "contract_taste": r.choice([0, 3]),
        "by_rank": r.choice([[], [0.5], [1, 0, -1, 2, 1, 3]]),
    }
    hiring = {
        "flag_aversion": r.choice([0, 10, -5]),
        "pay_sorting": r.choice([0, 1]),
        "mean_shift": r.choice([0, 0.3]),
        "spread": r.choice([1, 0.5, 2]),
        "tightness": r.choice([0, 0.5]),
    }
    return {"quits": quits, "hiring": hiring, "ability": skills(r)}


def premium(r):
    return {"contract_premium": r.choice([0, 0.5]), "premium_within_bill": r.random() < 0.5}


RANKS = [(2, 1), (1, 1), (5, 3), (3, 1), (4, 7)]


def with_ranks(found, r):
    """The same scenario with other ranks: pay, shares and founders' groups have a value for each."""
    staff, managers = r.choice(RANKS)
    total = staff + managers + 1

    def again(node):
        if isinstance(node, list):
            return [again(one) for one in node]
        if not isinstance(node, dict):
            return node
        node = {key: again(value) for key, value in node.items()}
        for key in ("rank_pay", "at_founding"):
            if key in node:
                node[key] = [node[key][min(5, 6 * rank // total)] for rank in range(total)]
        return node

    found = again(found)
    structure = found["structure"] | {
        "ranks": {"staff": staff, "managers": managers},
        "rank_shares": [1 / staff] * staff,
        "manager_rank_shares": [1 / max(1, managers - 1)] * (managers - 1),
        "manager_share": r.choice([0.15, 0.5]),
    }
    structure["posts_by_rank"] = structure["posts_by_rank"][-total:]
    found["behaviour"]["quits"]["by_rank"] = found["behaviour"]["quits"]["by_rank"][:total]
    return found | {"structure": structure}
