"""Scenario files: read, laid on their baselines, checked, described."""
