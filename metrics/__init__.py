"""Figures out: what is measured, at which cut, with which interval. Never imports loaders."""
