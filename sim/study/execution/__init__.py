"""Runs a study's tasks here, in processes or on a cluster; whatever stops it, finished shards are kept."""
