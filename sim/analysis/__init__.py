"""Everything that can be done with stored results, without running anything."""
