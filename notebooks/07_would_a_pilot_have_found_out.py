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
# # Would a pilot have found out?
# Reforms are tried out in some places first, and somebody evaluates the trial. Here the trial is simulated many times,
# with the reform in two of the five new cities and, by the same luck, without it. The evaluator sees the first
# simulation alone; the difference of the two is the truth.

# %% tags=["parameters"]
# What a run of all cells may be given instead, by papermill for instance.
REPLICATIONS = 20
SETTINGS = {"horizon.quarters": 24}  # {"structure.department_size.mean": 8} makes the area smaller

# %%
import sim

# %matplotlib inline

# %%
evaluation = sim.evaluate(
    {
        "name": "pilot",
        "scenario": "four_systems",
        "set": SETTINGS,
        "assignment": {"choose": "drawn", "treated": [2], "draws": 4},
        "data": {
            "reported": ["reported_score"],
            "true": ["output_per_post", "growth"],
            "judge": "output_per_post",
        },
        "estimators": ["two_way", "synthetic_control", "randomisation"],
        "replications": REPLICATIONS,
    }
)
print(evaluation)

# %%
evaluation.figure()

# %% [markdown]
# ## Truth and estimates, pilot by pilot
# `truth` is the paired difference in the treated places, `value` what the evaluator says, `judged` the true effect on
# what the reform is for.

# %%
evaluation.pilots.query("outcome == 'reported_score' and estimator == 'two_way'").head()

# %% [markdown]
# ## Claims of success that are none
# `wrong` is the share of the pilots in which a success is claimed at 5 % while true output falls.

# %%
evaluation.findings[
    ["outcome", "seen", "estimator", "truth", "estimate", "bias", "coverage", "power", "right_sign", "wrong"]
]

# %% [markdown]
# ## One place after another
# Where places are reformed one after another, two-way differences compare late ones with early ones; two stages do not.

# %%
staggered = sim.evaluate(
    {
        "name": "staggered",
        "scenario": "four_systems",
        "set": SETTINGS,
        "assignment": {"choose": "drawn", "treated": [4], "draws": 2, "after": [4, 8]},
        "data": {"reported": ["reported_score"], "true": ["output_per_post"]},
        "estimators": ["two_way", "two_stage"],
        "replications": max(2, REPLICATIONS // 4),
    }
)
staggered.findings[["outcome", "estimator", "truth", "estimate", "bias", "bias_low", "bias_high"]]
