"""A panel: one outcome by place and period, and after which period each place was reformed."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.core.arrays import Floats, Mask

if TYPE_CHECKING:
    import pandas

NEVER = np.inf
"""The last period without the reform of a place that never gets it."""


@dataclass(frozen=True)
class Panel:
    """What an evaluator sees of one outcome.

    Attributes:
        values: the outcome, shape (places, periods).
        periods: their numbers, ascending, shape (periods,).
        after: the last period without the reform, by place; `NEVER` where it does not come.
    """

    values: Floats
    periods: NDArray[np.int64]
    after: Floats

    @property
    def on(self) -> Mask:
        """Where and when the reform is in force, shape (places, periods)."""
        return np.asarray(self.periods[None, :] > self.after[:, None])

    @property
    def treated(self) -> Mask:
        """The places that are reformed within the periods."""
        return np.asarray(self.after < self.periods[-1])

    @property
    def starts(self) -> Floats:
        """The different last periods without the reform, ascending."""
        return np.unique(self.after[self.treated])

    def effect_on(self, other: "Panel") -> tuple[float, float]:
        """What the reform does by paired simulation: mean difference to `other`, which has the same luck and no reform.

        Returns:
            Over the places and periods with the reform; over the periods since the first start in the other places.
        """
        apart, on = self.values - other.values, self.on
        since = np.asarray(self.periods > self.starts[0])
        beside = apart[~self.treated][:, since]
        return float(apart[on].mean()), float(beside.mean()) if beside.size else np.nan

    def until(self, last: int) -> "Panel":
        """The panel without what comes after a period."""
        kept = self.periods <= last
        return replace(self, values=self.values[:, kept], periods=self.periods[kept])

    def by_year(self, quarters: int) -> "Panel":
        """Means over years of so many quarters; years that are not whole are left out.

        Starts are ends of years, as of quarters that are multiples of `quarters`.
        """
        year = -(-self.periods // quarters)
        whole, counts = np.unique(year, return_counts=True)
        years = whole[counts == quarters]
        means = [self.values[:, year == one].mean(axis=1) for one in years]
        values = np.column_stack(means) if means else np.empty((len(self.values), 0))
        return Panel(values, years, self.after / quarters)

    def table(self) -> "pandas.DataFrame":
        """One row a place and period: `place, period, y, on, since`.

        `since` counts periods from the first one with the reform; it is −1 where the reform never comes.
        """
        import pandas

        places, periods = self.values.shape
        first = np.where(self.treated, self.after + 1, np.nan)[:, None]
        since = np.where(np.isnan(first), -1, self.periods[None, :] - first)
        columns = {
            "place": np.repeat(np.arange(places), periods),
            "period": np.tile(self.periods, places),
            "y": self.values.ravel(),
            "on": self.on.ravel().astype(np.int64),
            "since": since.ravel().astype(np.int64),
        }
        return pandas.DataFrame(columns)
