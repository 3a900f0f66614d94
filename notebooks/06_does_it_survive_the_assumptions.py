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

# %% tags=["parameters"]
# What a run of all cells may be given instead, by papermill for instance.
REPLICATIONS = 5
POINTS = 60
SETTINGS = {}  # of every scenario; {"structure.department_size.mean": 8} makes the area smaller

# %%
import sim

# %matplotlib inline

# %%
study = sim.run_study(
    {
        "name": "assumptions",
        "scenarios": ["civil_service", "four_systems", "fair_ranking"],
        "set": SETTINGS,
        "uncertainties": {
            "behaviour.quits.base_contract": {"low": 0.005, "high": 0.12, "scale": "log"},
            "behaviour.effort.cost": {"times": 2},
            "behaviour.effort.crowding_out": {"low": 0, "high": 0.4},
            "behaviour.gaming.cost": {"times": 2},
            "behaviour.hiring.sorting": {"times": 2},
        },
        "design": {"kind": "latin_hypercube", "points": POINTS},
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
