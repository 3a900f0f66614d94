"""The picture of the results: how far each measure with an aim is from it."""

import csv
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

MET, MISSED = "#0072B2", "#D55E00"
"""Blue and vermilion of a palette that is safe for colour blindness."""


def draw(table: Path, picture: Path) -> None:
    """Each measure over its aim, or the aim over the measure where less is better: right of 1 the aim is met."""
    with table.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["aim"]]
    figure, axes = plt.subplots(figsize=(9.5, 1.6 + 0.42 * len(rows)), layout="constrained")
    for place, row in enumerate(reversed(rows)):
        low, middle, high = sorted(_times_better(row, name) for name in ("lowest", "value", "highest"))
        colour = MET if row["met"] == "yes" else MISSED
        axes.plot([low, high], [place, place], color=colour, linewidth=3, alpha=0.4)
        axes.plot(middle, place, "o" if row["met"] == "yes" else "X", color=colour, markersize=8)
        sign, bound = row["aim"].split()
        told = f"{float(row['value']):.3g} {row['unit']} (aim {'≥' if sign == '>=' else '≤'} {bound})"
        axes.annotate(
            told, (max(high, middle), place), (8, 0), textcoords="offset points", va="center", fontsize=8
        )
    axes.axvline(1, color="0.4", linewidth=1)
    axes.set_xscale("log")
    axes.set_xlim(right=axes.get_xlim()[1] * 12)
    axes.set_yticks(
        range(len(rows)), [f"{row['item']}. {row['measure']}" for row in reversed(rows)], fontsize=8
    )
    axes.set_xlabel("times better than its aim (1: just met)")
    axes.set_title("Speed against its aims", loc="left")
    figure.text(0.01, -0.01, _caption(rows), fontsize=7, va="top", color="0.3")
    figure.savefig(picture, dpi=130, bbox_inches="tight")
    plt.close(figure)


def _times_better(row: dict[str, str], name: str) -> float:
    value, (sign, bound) = max(float(row[name]), 1e-3), row["aim"].split()
    return value / float(bound) if sign == ">=" else float(bound) / value


def _caption(rows: list[dict[str, str]]) -> str:
    runs = dict.fromkeys(f"{row['date']}, {row['machine']}" for row in rows)
    repeats = sorted({int(row["repeats"]) for row in rows})
    return (
        f"Medians of {repeats[0]} to {repeats[-1]} interleaved repeats, bars from the lowest to the highest; "
        f"blue dots meet the aim, orange crosses miss it.\n" + "\n".join(runs)
    )
