"""Builds an index in shards on a cluster of machines."""
