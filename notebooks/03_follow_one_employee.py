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
# # Follow one employee
# One person of one replication under two regimes, with the same luck: the same ability, the same errors of rating, the
# same offers from outside. A story explains a mechanism; it is no evidence of its size.

# %% tags=["parameters"]
# What a run of all cells may be given instead, by papermill for instance.
REPLICATIONS = 10
SETTINGS = {}  # of every scenario; {"structure.department_size.mean": 8} makes the area smaller

# %%
import sim

# %matplotlib inline

# %%
scenario = sim.load("four_systems", set=SETTINGS)
life = sim.trace(scenario)
print(life)

# %% [markdown]
# Why this person: among those who were flagged, the one whose pay differs most between the regimes. `person=` follows
# anybody else; the number is that of the post first occupied × 10 000 + how many-th occupant.

# %%
life.figure()

# %% [markdown]
# The same quarters as a table, one row a side and quarter.

# %%
columns = ["quarter", "rank", "grade", "strikes", "effort", "morale", "pay"]
there = [name for name in columns if name in life.panel]
life.panel[there].tail(8)

# %%
life.events.head(10)

# %% [markdown]
# ## Is this person typical?
# All flagged people of the same run: how able they truly are in their department (0 lowest, 1 highest).

# %%
tables = sim.run(scenario, replications=max(2, REPLICATIONS))
flags = tables.events.query("event == 'flagged' and quarter > 8")
flags["ability_rank_share"].describe()
