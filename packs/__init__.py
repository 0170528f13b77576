"""Packs: what a meeting takes away, as PowerPoint, Excel and HTML."""
