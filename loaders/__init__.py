"""Exports in: from a file as it was sent to rows of a snapshot, with a report.

Never imports metrics.
"""
