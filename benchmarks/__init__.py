"""Measurements against a named rival in the same run; ratios, for machines are noisy."""
