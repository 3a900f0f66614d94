"""Running, storing and comparing: from scenarios to results on disk."""
