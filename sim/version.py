"""The version, which anybody may read."""

__version__ = "0.1.0"
