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

# %% [markdown]
# ## A grid
# A lever (policy) and an uncertainty (assumption).

# %%
grid = sim.run_study(
    {
        "name": "grid",
        "scenarios": PAIR,
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
        "scenarios": PAIR,
        "set": SETTINGS,
        "uncertainties": {
            "behaviour.quits.base_contract": {"low": 0.01, "high": 0.1},
            "behaviour.effort.cost": {"times": 2},
            "behaviour.gaming.cost": {"times": 2},
            "behaviour.hiring.sorting": {"times": 2},
        },
        "design": {"kind": "morris", "trajectories": 3 if IS_TEST else 8},
        "replications": max(2, REPLICATIONS),
    }
)
found = sim.sensitivity(screening, outcomes=["output_per_post", "reporting_gap"])
print(found.paragraph())

# %%
found.figure()

# %%
found.ranked("four_systems", "output_per_post")[["factor", "value", "low", "high"]]
