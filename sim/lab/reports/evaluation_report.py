"""The facts of an evaluation: what estimators say of a pilot, beside what is true."""

from typing import TYPE_CHECKING, Any

from sim.lab.figures.evaluation_figure import (
    about_evaluation,
    estimator_label,
    first_rows,
    share_label,
    truth_and_estimates,
)
from sim.lab.language.language import tr
from sim.lab.language.wording import listed, plain, signed, together
from sim.lab.reports.grid import Grid
from sim.lab.reports.template import Facts, Report
from sim.lab.results.evaluation import Evaluation
from sim.lab.results.study_wording import outcome_label, outcome_unit, share_text, with_interval

if TYPE_CHECKING:
    import pandas

SHARES = ("coverage", "power", "right_sign", "wrong")


def evaluation_report(evaluation: Evaluation) -> Report:
    """The report of an evaluation."""
    return Report("evaluation", evaluation_facts(evaluation), lambda _: truth_and_estimates(evaluation))


def evaluation_facts(evaluation: Evaluation) -> Facts:
    """What the report says, and its summary.

    `sentences` has a sentence's facts for every outcome under the first estimator; `tables` a table for every scenario,
    number of treated places and length.
    """
    manifest, rows = evaluation.manifest, first_rows(evaluation)
    assignment, code = manifest["evaluation"]["assignment"], manifest.get("code", {})
    first = rows[rows["estimator"] == rows["estimator"].iloc[0]]
    return {
        "name": manifest["name"],
        "question": evaluation.question,
        "estimator": estimator_label(str(first["estimator"].iloc[0])),
        "treated": int(first["treated"].iloc[0]),
        "places": int(first["places"].iloc[0]),
        "quarters": int(first["quarters"].iloc[0]),
        "sentences": [_sentence(evaluation, row) for _, row in first.iterrows()],
        "judge": outcome_label(evaluation, evaluation.judge),
        "choose": assignment["choose"],
        "starts": listed([str(one) for one in assignment["after"]]),
        "staggered": len(assignment["after"]) > 1,
        "draws": -(-int(manifest["replications"]) // int(manifest["evaluation"]["draw"])),
        "every": evaluation.seen["every"],
        "tables": list(_tables(evaluation)),
        "warnings": evaluation.warnings,
        "caption": about_evaluation(evaluation),
        "failures": len(evaluation.failures),
        "assumed": int(manifest.get("assumed", 0)),
        "seed": manifest.get("seed"),
        "replications": int(manifest["replications"]),
        "code": f"{code.get('version')}, {code.get('content')}",
    }


def _sentence(evaluation: Evaluation, row: Any) -> dict[str, Any]:
    """One outcome under one estimator, in words."""
    estimate = together(row["estimate"], row["estimate_low"], row["estimate_high"])
    return {
        "label": outcome_label(evaluation, str(row["outcome"])),
        "unit": outcome_unit(evaluation, str(row["outcome"])),
        "reported": row["seen"] == "reported",
        "truth": signed(row["truth"]),
        "estimate": estimate[0],
        "low": estimate[1],
        "high": estimate[2],
        "power": _share(row, "power"),
        "right_sign": _share(row, "right_sign"),
        "wrong": _share(row, "wrong"),
        "coverage": _share(row, "coverage"),
    }


def _share(row: Any, name: str) -> str:
    """`42 % (36 to 49 %)`; a dash where the estimator says nothing of the kind."""
    if row[name] != row[name]:
        return "–"
    low, high = (share_text(row[f"{name}_{end}"]) for end in ("low", "high"))
    return tr("{value} ({low} to {high})", value=share_text(row[name]), low=low, high=high)


def _tables(evaluation: Evaluation) -> "list[dict[str, Any]]":
    keys = ["scenario", "treated", "quarters"]
    groups = evaluation.findings.groupby(keys, sort=False)
    return [{**_about(group), "grid": _grid(evaluation, group)} for _, group in groups]


def _about(group: "pandas.DataFrame") -> dict[str, Any]:
    row = group.iloc[0]
    numbers = {name: int(row[name]) for name in ("treated", "places", "quarters", "pilots")}
    return {"scenario": plain(str(row["scenario"])), **numbers}


def _grid(evaluation: Evaluation, group: "pandas.DataFrame") -> Grid:
    """One row an outcome and estimator."""
    header = [
        tr("outcome"),
        tr("unit"),
        tr("seen"),
        tr("estimator"),
        tr("truth"),
        tr("mean estimate"),
        tr("bias"),
    ]
    header += [tr("spread over pilots"), *(share_label(name) for name in SHARES)]
    return Grid(header, [_cells(evaluation, row) for _, row in group.iterrows()], texts=4)


def _cells(evaluation: Evaluation, row: Any) -> list[str]:
    outcome = str(row["outcome"])
    truth, estimate, bias, spread = together(row["truth"], row["estimate"], row["bias"], row["spread"])
    return [
        outcome_label(evaluation, outcome),
        outcome_unit(evaluation, outcome),
        tr("reported") if row["seen"] == "reported" else tr("true"),
        estimator_label(str(row["estimator"])),
        truth,
        estimate,
        with_interval(row["bias"], row["bias_low"], row["bias_high"], signs=True) if bias != "n/a" else bias,
        spread.lstrip("+"),
        *(_share(row, name) for name in SHARES),
    ]
