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
# # Compare regimes
# Five regimes in the same place with the same luck: replication 7 of each is the same world, so differences are taken
# replication by replication before anything is averaged. Simulated, mostly on assumed numbers.

# %% tags=["parameters"]
# What a run of all cells may be given instead, by papermill for instance.
REPLICATIONS = 10
SETTINGS = {}  # of every scenario; {"structure.department_size.mean": 8} makes the area smaller

# %%
import sim

# %matplotlib inline

# %%
names = ["civil_service", "contract_only", "floating_pay_only", "fair_ranking", "four_systems"]
regimes = [sim.load(name, set=SETTINGS) for name in names]
comparison = sim.compare(regimes, replications=max(2, REPLICATIONS))

# %% [markdown]
# ## What differs
# `difference` is the mean of the last eight quarters less the baseline's, `low` to `high` its 95 % interval over
# replications. It says how well the model's mean is known and nothing about the assumptions.

# %%
shown = ["output_per_post", "reporting_gap", "ability", "morale", "cost_per_output", "resignations"]
effects = comparison.effects.query("outcome in @shown")
effects.pivot(index="outcome", columns="scenario", values="difference").loc[shown]

# %% [markdown]
# Where the interval of an effect includes 0, its sign is uncertain.

# %%
unclear = effects.query("low <= 0 <= high")
unclear[["outcome", "scenario", "difference", "low", "high"]]

# %%
comparison.figure()

# %% [markdown]
# ## What pairing saves
# The interval of the paired difference, over that of two independent runs of as many replications.

# %%
window = "quarter > 32"
means = {
    name: run.area.query(window).groupby("replication")["output_per_post"].mean()
    for name, run in comparison.tables.items()
}
base = means["civil_service"]
{
    name: float((mean - base).var() / (mean.var() + base.var()))
    for name, mean in means.items()
    if name != "civil_service"
}

# %% [markdown]
# ## How it moves
# Up to the reform (after quarter 8) the difference is exactly 0.

# %%
paths = comparison.paths.query("outcome == 'output_per_post' and scenario == 'four_systems'")
paths[["quarter", "difference", "difference_low", "difference_high"]].iloc[[0, 4, 8, 12, 20, -1]]
