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
# # Does it survive the assumptions?
# An interval over replications says how well the model's mean is known at *one* set of assumptions. Here they move too,
# over a Latin hypercube: in how much of that space does a headline hold, and where does it flip?

# %%
import os
from pathlib import Path

import sim

# %matplotlib inline

# The tests set REPLICATIONS to run all this on a smaller area; leave it unset for the area as shipped.
HERE = Path.cwd() if (Path.cwd() / "scenarios").exists() else Path.cwd().parent
SCENARIOS = HERE / "scenarios"
IS_TEST = "REPLICATIONS" in os.environ
REPLICATIONS = int(os.environ.get("REPLICATIONS", "5"))
SETTINGS = {"structure.department_size.mean": 6} if IS_TEST else {}
PAIR = [str(SCENARIOS / "civil_service.yaml"), str(SCENARIOS / "four_systems.yaml")]

# %%
study = sim.run_study(
    {
        "name": "assumptions",
        "scenarios": [*PAIR, str(SCENARIOS / "fair_ranking.yaml")],
        "set": SETTINGS,
        "uncertainties": {
            "behaviour.quits.base_contract": {"low": 0.005, "high": 0.12, "scale": "log"},
            "behaviour.effort.cost": {"times": 2},
            "behaviour.effort.crowding_out": {"low": 0, "high": 0.4},
            "behaviour.gaming.cost": {"times": 2},
            "behaviour.hiring.sorting": {"times": 2},
        },
        "design": {"kind": "latin_hypercube", "points": 10 if IS_TEST else 60},
        "replications": max(2, REPLICATIONS),
        "smallest_effects": {"output_per_post": 0.002},
    }
)
found = sim.robust(study)
print(found.paragraph())

# %%
found.figure()

# %% [markdown]
# ## A headline of one's own

# %%
own = sim.robust(study, headlines=["four_systems:output_per_post>0"])
own.table[["outcome", "state", "count", "share", "low", "high"]]

# %% [markdown]
# Where it flips, if a box of assumptions can be found:

# %%
own.boxes

# %% [markdown]
# ## Regret
# How much worse a regime is than the best one at the same point, in units of the outcome.

# %%
found.regrets

# %% [markdown]
# ## Which assumptions it hangs on

# %%
print(sim.sensitivity(study, outcomes=["output_per_post"]).paragraph())
