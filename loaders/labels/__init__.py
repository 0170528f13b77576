"""Meaning of the labels in an export: outcomes, offences and other words."""
