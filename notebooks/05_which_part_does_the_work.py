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
# # Which part does the work?
# The regime has eight parts. Every combination of them runs, 256 in all; a part that is absent is the baseline's. The
# Shapley value of a part is what adding it changes, averaged over all orders of adding the parts: they add up to the
# whole effect in every replication. Run at full size this takes minutes; `sim sweep scenarios/studies/parts.yaml` and
# `sim attribute` do the same on the command line.

# %% tags=["parameters"]
# What a run of all cells may be given instead, by papermill for instance.
REPLICATIONS = 4
SETTINGS = {}  # of every scenario; {"structure.department_size.mean": 8} makes the area smaller

# %%
import sim

# %matplotlib inline

# %%
study = sim.run_study(
    {
        "name": "parts",
        "scenarios": ["civil_service", "four_systems"],
        "set": SETTINGS,
        "design": {"kind": "coalitions"},
        "outcomes": ["output_per_post", "reporting_gap", "resignations"],
        "replications": max(2, REPLICATIONS),
    }
)
parts = sim.attribute(study)
print(parts.paragraph())

# %%
parts.figure()

# %% [markdown]
# What pairs do beyond each alone: below 0 one does the other's work.

# %%
parts.interactions()

# %%
parts.table.query("outcome == 'output_per_post'")

# %% [markdown]
# The parts add up to the whole:

# %%
names = [factor.name for factor in study.factors]
everything, nothing = study.points[names].all(axis=1), ~study.points[names].any(axis=1)
runs = study.runs.set_index(["point", "replication"])["output_per_post"]
whole = runs.loc[everything.idxmax()] - runs.loc[nothing.idxmax()]
found = parts.table.query("outcome == 'output_per_post'")
values = found.set_index("part")["value"]
assert abs(values[names].sum() - whole.mean()) < 1e-9
