"""The table of effects place by place, where a timeline says where it holds."""

from typing import TYPE_CHECKING

from sim.lab.estimates.places import MEANS
from sim.lab.language.language import tr
from sim.lab.language.wording import label_of, plain, span, together, unit_of
from sim.lab.reports.grid import Grid
from sim.lab.results.digest import Digest, Row

if TYPE_CHECKING:
    import pandas


def place_grid(digest: Digest, places: "pandas.DataFrame") -> Grid:
    """One row a place and one column an outcome; `places` is as `effects_by_place` says."""
    outcomes = list(dict.fromkeys(places["outcome"]))
    terms = {outcome: digest.outcomes.get(outcome, {}) for outcome in outcomes}
    rows = []
    for place, of_place in places.groupby("place", sort=False):
        cells = [_cell(row) for row in of_place.set_index("outcome").loc[outcomes].to_dict("records")]
        rows.append([_place(str(place)), _reach(str(of_place["reached"].iloc[0])), *cells])
    named = [f"{label_of(term, outcome)} ({unit_of(term)})" for outcome, term in terms.items()]
    return Grid([tr("place"), tr("reached by the reform"), *named], rows, texts=2)


def _place(name: str) -> str:
    means = dict(zip(MEANS, (tr("mean of the places reached"), tr("mean of the others")), strict=True))
    return means.get(name) or plain(name)


def _reach(word: str) -> str:
    return {"whole": tr("yes"), "part": tr("some departments"), "no": tr("no")}.get(word, "")


def _cell(row: Row) -> str:
    """`.02 (.01 to .03)`."""
    difference, low, high = together(row["difference"], row["low"], row["high"])
    interval = span(row["low"], row["high"]) if low == "n/a" else tr("{low} to {high}", low=low, high=high)
    return f"{difference} ({interval})"
