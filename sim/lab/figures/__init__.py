"""From estimates to figures."""
