"""The store: the only code that opens DuckDB.

Snapshots, the writer's lock, the audit record, settings.
"""
