"""From estimates and figures to text."""
