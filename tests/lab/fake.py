"""Runs that were never run: tables of the right form with numbers whose truth is known."""

from typing import Any

import numpy as np
import pandas

from sim.lab.results.tables import Tables

OUTCOMES = {
    "headcount": ("people", "people employed", 0),
    "output_per_post": ("mean output", "true output per post", 1),
    "reported_score": ("ability SD", "reported score", 0),
    "true_contribution": ("ability SD", "true contribution", 1),
    "reporting_gap": ("ability SD", "reported less true", -1),
    "ability_leavers": ("ability SD", "ability of leavers", 0),
    "morale": ("morale points", "morale", 1),
    "cost_per_output": ("mean annual pay per mean output", "cost of true output", -1),
    "flagged": ("per 100 people a year", "flags", 0),
    "false_flags": ("per 100 people a year", "false flags", -1),
    "exits": ("per 100 people a year", "exits of any kind", 0),
    "resignations": ("per 100 people a year", "resignations", -1),
    "retirements": ("per 100 people a year", "retirements", 0),
}
REFORM = 8
KIND = {"kind": "fixed"}


def area(shift: float, replications: int, quarters: int, seed: int = 7) -> pandas.DataFrame:
    """The same luck whatever `shift`, which comes on top after the reform; `morale` never moves."""
    rng = np.random.default_rng(seed)
    keys = pandas.MultiIndex.from_product(
        [range(replications), range(quarters + 1)], names=["replication", "quarter"]
    )
    table = keys.to_frame(index=False)
    after = (table["quarter"] > REFORM).to_numpy()
    luck = rng.normal(size=len(table))
    own = 1 + 0.1 * rng.normal(size=replications)[table["replication"]]
    table["headcount"] = 200.0
    table["output_per_post"] = 1 + 0.05 * luck + shift * own * after
    table["reported_score"] = 0.2 + 0.1 * luck + 3 * shift * own * after
    table["true_contribution"] = 0.2 + 0.1 * luck + shift * own * after
    table["reporting_gap"] = table["reported_score"] - table["true_contribution"]
    table["ability_leavers"] = np.where(table["quarter"] % 4 == 0, np.nan, luck)
    table["morale"] = 0.0
    table["cost_per_output"] = 0.25 + 0.01 * luck
    table["flagged"] = 4.0
    table["false_flags"] = 2.0
    table["resignations"] = 2.0 + 8 * after * (shift != 0)
    table["retirements"] = 2.0
    table["exits"] = table["resignations"] + table["retirements"]
    return table


def flags(replications: int, sizes: tuple[int, ...], only_last: bool = False) -> pandas.DataFrame:
    """Flag everybody of a group of every size once (as a fair lottery would), or only the least able."""
    rows = [
        {
            "replication": replication,
            "quarter": REFORM + 4,
            "event": "flagged",
            "person": place,
            "department_size": size,
        }
        | {"ability_rank_share": place / (size - 1) if size > 1 else 0.5}
        for replication in range(replications)
        for size in sizes
        for place in range(1 if only_last else size)
    ]
    return pandas.DataFrame(rows)


def staff(replications: int, people: int = 100, slope: float = 0.5) -> pandas.DataFrame:
    """People whose pay rises with their contribution; two of them must not count."""
    rng = np.random.default_rng(3)
    contribution = rng.normal(size=(replications, people))
    table = pandas.DataFrame({"replication": np.repeat(range(replications), people)})
    table["person"] = np.tile(np.arange(people), replications)
    table["contribution"] = contribution.ravel()
    table["pay"] = 1 + slope * contribution.ravel().clip(-1.5, 1.5)
    table["employed"], table["leader"], table["post"] = True, False, table["person"]
    table.loc[table["person"] == 0, ["pay", "contribution"]] = [0.0, 0.0]
    table.loc[table["person"] == 1, "leader"] = True
    table.loc[table["leader"], "pay"] = 50.0
    return table


def manifest(name: str, replications: int, quarters: int = 24, **scenario: Any) -> dict[str, Any]:
    timeline = scenario.pop("timeline", [])
    regime = {"posts": {"kind": "open"}, "floating_pay": KIND}
    resolved = {
        "name": name,
        "horizon": {"quarters": quarters, "start": "2020Q1"},
        "calendar": {"quarters_per_year": 4},
        "regime": regime,
        "timeline": timeline,
    }
    terms = {key: dict(zip(("unit", "label", "good"), value, strict=True)) for key, value in OUTCOMES.items()}
    return {
        "name": name,
        "question": f"What does {name} do?",
        "scenario": resolved | scenario,
        "seed": 1,
        "replications": replications,
        "outcomes": {key: {**term, "meaning": f"meaning of {key}"} for key, term in terms.items()},
        "assumptions": [assumption("behaviour.effort.cost", 0.4), assumption(f"regime.only_in_{name}", 1)],
        "residuals": {"people": 0.0},
        "code": {"version": "0.1.0", "commit": None, "dirty": None, "content": "abc"},
    }


def assumption(path: str, value: Any) -> dict[str, Any]:
    return {
        "path": path,
        "value": value,
        "unit": "share",
        "source": "assumption",
        "citation": "",
        "doc": "assumed.",
    }


def fake(name: str, shift: float = 0.0, replications: int = 12, quarters: int = 24, **options: Any) -> Tables:
    """A run; `shift` is the true effect on output from quarter 9 on, and makes the regime a reformed one."""
    change = {
        "quarter": REFORM,
        "set": {"regime": {"posts": {"kind": "fixed"}, "floating_pay": {"kind": "three_part"}}},
    }
    timeline = [change] if shift else []
    whole = area(shift, replications, quarters)
    empty = pandas.DataFrame({"replication": [0]})
    events = options.get("events", flags(replications, (5, 10), only_last=not shift))
    return Tables(
        quarters=whole.assign(organisation="airport"),
        area=whole,
        departments=empty,
        staff=staff(replications),
        events=events,
        manifest=manifest(name, replications, quarters, timeline=timeline),
    )
