"""What is said where no measure of a scorecard shows a signal, on every page, slide and pack."""

from collections.abc import Sequence

from metrics.scorecard import RowWords


def no_signal_words(rows: Sequence[RowWords]) -> str:
    """That nothing shows a signal, and of how many measures that can be said."""
    rows = [row for row in rows if row.is_charted]
    judged = sum(bool(row.signal) for row in rows)
    if not judged:
        return "No measure can be judged here: all have too few months or quarters."
    few = len(rows) - judged
    rest = f" {few} {'has' if few == 1 else 'have'} too few months or quarters." if few else ""
    return f"None of the {judged} measures that can be judged shows a signal.{rest}"


def no_new_signal_words(rows: Sequence[RowWords]) -> str:
    """That nothing shows a signal that is new, and of how many measures that can be said."""
    judged = sum(bool(row.signal) for row in rows)
    if not judged:
        return "No measure can be judged here."
    return f"No new signal by month or quarter in the {judged} measures that can be judged."
