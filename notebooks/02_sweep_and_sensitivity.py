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
# # Sweep, and what it hangs on
# A study is a file (or a mapping of the same form): scenarios, what is varied, a design, replications. All points share
# their luck. See STUDIES.md; on the command line it is `sim sweep STUDY` with `--plan`, `--workers` and `--resume`.

# %% tags=["parameters"]
# What a run of all cells may be given instead, by papermill for instance.
REPLICATIONS = 5
TRAJECTORIES = 8
SETTINGS = {}  # of every scenario; {"structure.department_size.mean": 8} makes the area smaller

# %%
import sim

# %matplotlib inline

# %% [markdown]
# ## A grid
# A lever (policy) and an uncertainty (assumption).

# %%
grid = sim.run_study(
    {
        "name": "grid",
        "scenarios": ["civil_service", "four_systems"],
        "set": SETTINGS,
        "levers": {"regime.floating_pay.floating_share": [0.1, 0.4]},
        "uncertainties": {"behaviour.quits.base_contract": {"low": 0.01, "high": 0.1}},
        "design": {"kind": "grid", "steps": 2},
        "replications": max(2, REPLICATIONS),
    }
)
print(grid)

# %%
effects = grid.paired("output_per_post").groupby("point")["effect"].agg(["mean", "sem"])
grid.points.join(effects, on="point")

# %% [markdown]
# ## Screening
# Which of several assumptions matter at all? Morris's trajectories move one factor at a time over its whole range. The
# ranges are assumptions themselves.

# %%
screening = sim.run_study(
    {
        "name": "screening",
        "scenarios": ["civil_service", "four_systems"],
        "set": SETTINGS,
        "uncertainties": {
            "behaviour.quits.base_contract": {"low": 0.01, "high": 0.1},
            "behaviour.effort.cost": {"times": 2},
            "behaviour.gaming.cost": {"times": 2},
            "behaviour.hiring.sorting": {"times": 2},
        },
        "design": {"kind": "morris", "trajectories": TRAJECTORIES},
        "replications": max(2, REPLICATIONS),
    }
)
found = sim.sensitivity(screening, outcomes=["output_per_post", "reporting_gap"])
print(found.paragraph())

# %%
found.figure()

# %%
found.ranked("four_systems", "output_per_post")[["factor", "value", "low", "high"]]
