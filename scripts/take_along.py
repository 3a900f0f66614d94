"""A wheel takes the folder of scenarios along; an editable installation finds it where it stands."""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class TakeAlong(BuildHookInterface):
    """Called by hatchling when it builds a wheel; see pyproject.toml. `sim/core/shipped.py` looks there."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """`version` is standard or editable."""
        if version == "standard":
            build_data["force_include"]["scenarios"] = "sim/shipped/scenarios"
