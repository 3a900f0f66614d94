"""From tables to numbers with intervals."""
