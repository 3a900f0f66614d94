"""From a study file to the points at which scenarios are run."""
