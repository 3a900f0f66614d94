# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Write a rule
# The same trigger twice: once for one employee at a time, which is slow and easy to read, once in columns, which is how
# shipped rules are written. Both give the very same run.

# %% tags=["parameters"]
# What a run of all cells may be given instead, by papermill for instance.
REPLICATIONS = 10
SETTINGS = {}  # of every scenario; {"structure.department_size.mean": 8} makes the area smaller

# %%
# %matplotlib inline

# %% [markdown]
# ## One employee at a time
# Answer one question about one `Employee`: every column of the staff table is an attribute.

# %%
from typing import Literal

import sim
from sim.core.parameters import param
from sim.rules.adjustment.trigger import Trigger
from sim.rules.one_by_one import PersonalTrigger
from sim.settings.terms import Follows


class LowMorale(PersonalTrigger):
    """Flag whoever ends the year in low morale."""

    kind: Literal["low_morale"] = "low_morale"
    threshold: float = param(
        -0.05, unit="morale", source="assumption", ge=-5, le=5, doc="Flagged below this."
    )
    in_a_row: int = param(1, unit="years", source="assumption", ge=1, le=4, doc="Years running.")
    follows: Follows = param("reservoir", unit="choice", source="assumption", doc="What follows.")

    def is_hit(self, employee):
        return employee.morale < self.threshold


# %% [markdown]
# ## In columns
# The same question about all employees of all replications at once: a column in, a column of yes and no out. `risk` is
# what people believe a unit of score does to their chance of being hit; nobody can work against low morale, so it is 0.

# %%
import numpy as np


class LowMoraleColumns(Trigger):
    """The same, for everybody at once."""

    kind: Literal["low_morale_columns"] = "low_morale_columns"
    threshold: float = param(
        -0.05, unit="morale", source="assumption", ge=-5, le=5, doc="Flagged below this."
    )
    in_a_row: int = param(1, unit="years", source="assumption", ge=1, le=4, doc="Years running.")
    follows: Follows = param("reservoir", unit="choice", source="assumption", doc="What follows.")

    def eligible(self, view):
        return view.appraised

    def hit(self, view):
        return view.appraised & (view.staff.morale < self.threshold)

    def risk(self, standing):
        nothing = np.zeros(standing.pay.size)
        return nothing, nothing


# %% [markdown]
# ## Use them
# A kind is used by its name, in a scenario file or in a mapping of the same form.


# %%
def with_trigger(kind):
    """The full regime with one more trigger."""
    trigger = {"regime": {"adjustment": {"triggers": {"low_morale": {"kind": kind}}}}}
    given = {
        "name": kind,
        "extends": "four_systems",
        "timeline": [{"quarter": 8, "set": trigger}],
    }
    return sim.load(given, set=SETTINGS)


count = max(1, REPLICATIONS // 5)
runs = {
    kind: sim.run(with_trigger(kind), replications=count) for kind in ("low_morale", "low_morale_columns")
}

# %%
for kind, run in runs.items():
    flagged = run.events.query("event == 'flagged' and trigger == 'low_morale'")
    print(kind, len(flagged), "flags;", round(run.manifest["wall_seconds"], 2), "seconds")

# %% [markdown]
# Equal to the last bit:

# %%
one, other = (run.area.drop(columns="replication") for run in runs.values())
assert one.equals(other)
