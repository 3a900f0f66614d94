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
# # First run
# One scenario, a few replications, and what comes out; then two regimes under the same luck.
# Everything is simulated under mostly assumed numbers: nothing here is a finding about a real place.

# %% tags=["parameters"]
# What a run of all cells may be given instead, by papermill for instance.
REPLICATIONS = 10
SETTINGS = {}  # of every scenario; {"structure.department_size.mean": 8} makes the area smaller

# %%
import sim

# %matplotlib inline

# %% [markdown]
# ## One regime
# A scenario is checked and frozen; `set` changes single settings of it.

# %%
scenario = sim.load("four_systems", set=SETTINGS)
print(scenario.question)
tables = sim.run(scenario, replications=REPLICATIONS)

# %% [markdown]
# `quarters` has a row for every replication, quarter and organisation; `area` the totals.

# %%
late = tables.quarters.query("quarter > 32")
late.groupby("organisation")[["true_output", "reported_score", "headcount"]].mean()

# %%
tables.area.groupby("quarter")[["true_output", "effort", "morale", "flagged", "reservoir"]].mean().tail()

# %% [markdown]
# Every event is there, with the person it happened to; a flag also says how able the flagged truly is.

# %%
flags = tables.events.query("event == 'flagged' and quarter > 8")
flags.groupby("trigger")["ability_rank_share"].agg(["size", "mean"])

# %% [markdown]
# `staff` holds everybody ever employed, in the last state.

# %%
tables.staff.groupby("rank")[["ability", "normal_pay", "morale"]].mean()

# %% [markdown]
# ## Two regimes, the same luck

# %%
comparison = sim.compare(
    [sim.load("contract_only", set=SETTINGS), scenario],
    replications=max(2, REPLICATIONS),
)
comparison.effects.query("outcome in ['output_per_post', 'reporting_gap', 'false_flags', 'morale']")

# %%
comparison.figure()

# %% [markdown]
# ## What if?
# The same regime with half the floating pay: `set` speaks of the policy that is in force last.

# %%
gentle = sim.run(
    sim.load(
        "four_systems",
        set=SETTINGS | {"regime.floating_pay.floating_share": 0.2},
    ),
    replications=REPLICATIONS,
)
after = "quarter > 32"
float(gentle.area.query(after)["effort"].mean() - tables.area.query(after)["effort"].mean())
