"""Worked cases: what each registered rule decides about a few people, reckoned by hand in tests/rules/cases.

A file is named `slot.kind.yaml` and holds a citation and cases; a case holds the rule's parameters, people (see
`small.py` for what is left unsaid), and what is expected of each decision, by name of the person or as one value.
"""

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from ruamel.yaml import YAML

import sim.rules
from sim.rules.base import REGISTRY, SLOTS
from sim.rules.regime import Regime
from sim.settings.behaviour import Stakes
from tests.rules.small import standing_of, view_of

CASES = Path(__file__).parent / "cases"
FILES = {path.stem: YAML(typ="safe").load(path) for path in sorted(CASES.glob("*.yaml"))}
SHIPPED = sorted(
    f"{slot}.{kind}"
    for slot, kinds in REGISTRY.items()
    for kind, rule in kinds.items()
    if rule.__module__.startswith("sim.rules.") and "one_by_one" not in rule.__module__
)
EXAMPLES = [
    pytest.param(name, case, id=f"{name}: {case['case']}")
    for name, file in FILES.items()
    for case in file["cases"]
]
SETTING = (
    "departments",
    "posts",
    "organisations",
    "quarter",
    "quarters_per_year",
    "standard",
    "ranks_people",
)


def test_every_registered_kind_has_worked_cases():
    assert sorted(FILES) == SHIPPED


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_cases_says_where_its_rule_comes_from(name):
    said = FILES[name]["citation"]
    listed = (Path(__file__).parents[2] / "SOURCES.md").read_text(encoding="utf-8")
    ids = re.findall(r"\bP\d+[a-z]?\b", said)
    assert [one for one in ids if f"**{one}**" not in listed] == []
    assert ids or "seed article" in said or "null kind" in said


def rule_of(name: str, parameters: dict[str, Any]) -> Any:
    """The rule, made as a scenario makes it."""
    slot, kind = name.split(".")
    if slot in SLOTS:
        return getattr(Regime.model_validate({slot: {"kind": kind, **parameters}}), slot)
    return REGISTRY[slot][kind].model_validate(parameters)


def test_a_rule_is_made_by_name():
    assert isinstance(rule_of("posts.fixed", {}), sim.rules.posts.FixedPosts)


def array(case: dict[str, Any], name: str) -> np.ndarray:
    return np.asarray(case["given"][name])


def posts_after(rule: Any, view: Any) -> np.ndarray:
    """The post of everybody once the rule has moved people."""
    post = np.array(view.staff.post)
    people, posts = rule.reshuffle(view)
    post[people] = posts
    return post


ASK = {
    "level_of_posts": lambda rule, view, case: rule.level_of_posts(view.posts),
    "level_of_people": lambda rule, view, case: rule.level_of_people(view.staff),
    "rank_taken": lambda rule, view, case: rule.rank_taken(
        array(case, "post_rank"), array(case, "manager_post"), array(case, "old_rank")
    ),
    "normal_pay": lambda rule, view, case: rule.normal_pay(
        view.staff, np.asarray(view.staff.rank), view.quarters_per_year
    ),
    "contract_end": lambda rule, view, case: [
        rule.contract_end(quarter, view.quarters_per_year) for quarter in case["given"]["signed"]
    ],
    "first_end": lambda rule, view, case: rule.first_end(case["given"]["converted"], view),
    "ratchet_factor": lambda rule, view, case: rule.ratchet_factor(view, case["given"]["discount"]),
    "strikes": lambda rule, view, case: rule.count(view, array(case, "strikes")).strikes,
    "flagged": lambda rule, view, case: rule.count(view, array(case, "strikes")).flagged,
    "headcount_change": lambda rule, view, case: rule.headcount_change(array(case, "indices").astype(float))[
        0
    ],
    "post_after": lambda rule, view, case: posts_after(rule, view),
    "listed": lambda rule, view, case: list(rule.listed),
    "fund_factors": lambda rule, view, case: rule.fund_factors(
        np.atleast_2d(array(case, "growth")), np.atleast_2d(array(case, "normal"))
    )[0],
    "loss": lambda rule, view, case: [
        rule.loss(follows, standing_of(view, stakes=Stakes(), **case["given"]))
        for follows in ("exit", "reservoir", "demotion", "reposting")
    ],
}
PARTS = ("quarterly", "grade", "annual")


def asked(decision: str, rule: Any, view: Any, case: dict[str, Any]) -> Any:
    """What the rule says: through `ASK`, as a part of pay, as a method about the view, or as a property."""
    if decision in ASK:
        return ASK[decision](rule, view, case)
    if decision in PARTS and hasattr(rule, "parts"):
        return getattr(rule.parts(view, array(case, "fund").astype(float)), decision)
    found = getattr(rule, decision)
    return found(view) if callable(found) else found


@pytest.mark.parametrize(("name", "case"), EXAMPLES)
def test_worked_case(name: str, case: dict[str, Any]) -> None:
    people = case.get("people", [{"who": "somebody"}])
    view = view_of(people, **{key: case[key] for key in SETTING if key in case})
    rule = rule_of(name, case.get("rule", {}))
    assert case["expect"]
    for decision, expected in case["expect"].items():
        found = asked(decision, rule, view, case)
        if isinstance(expected, dict):
            assert set(expected) <= {row["who"] for row in people}, decision
            found = {row["who"]: found[place] for place, row in enumerate(people) if row["who"] in expected}
            expected = {who: pytest.approx(value, abs=1e-6) for who, value in expected.items()}
            assert found == expected, decision
        else:
            found = found.tolist() if isinstance(found, np.ndarray) else found
            assert found == (pytest.approx(expected, abs=1e-6) if _numeric(expected) else expected), decision


def _numeric(value: Any) -> bool:
    return isinstance(value, float) or (
        isinstance(value, list) and bool(value) and isinstance(value[0], float)
    )
