"""Stores as earlier versions of the program left them."""

import json

from store.writer import Store


def as_before_the_chain(store: Store, **changed: object) -> None:
    """Make the ledger one of the days before lines were chained and archives had checksums."""
    path = store.archive / "ledger.jsonl"
    lines = [json.loads(text) for text in path.read_text().splitlines()]
    for line in lines:
        for name in ("before", "archives", "is_purged"):
            line.pop(name, None)
        for entry in line.get("loads", []):
            entry.pop("changes", None)
        line |= {name: value for name, value in changed.items() if name in line}
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    path.chmod(0o600)
    path.with_name("ledger.head.json").unlink(missing_ok=True)
