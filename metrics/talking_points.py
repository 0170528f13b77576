"""What a meeting has to talk about: the signals, new ones first; what has long stood is no news."""

from collections.abc import Sequence

from metrics.scorecard import ScorecardRow


def to_talk_about(rows: Sequence[ScorecardRow]) -> tuple[list[ScorecardRow], list[ScorecardRow]]:
    """The signals to talk about, new ones first; and those that have stood for a year or more."""
    told = [row for row in rows if row.said]
    fresh = sorted((row for row in told if not row.is_known), key=lambda row: not row.is_new)
    return fresh, [row for row in told if row.is_known]


def stood_words(row: ScorecardRow) -> str:
    """For how long a signal has stood: what its rule says, where that is a number of months, or
    that the measure is high or low for so long.
    """
    if row.words.endswith("months"):
        return row.words
    return f"{'high' if row.row.signal.startswith('▲') else 'low'} for {row.stood_for} months"


def known_words(known: Sequence[ScorecardRow]) -> str:
    """How many signals have stood for a year or more, and of how many a re-base is proposed."""
    if not known:
        return ""
    held = sum(row.proposal is not None and row.proposal.kind == "shift" for row in known)
    many = "One signal has" if len(known) == 1 else f"{len(known)} signals have"
    each = {0: "", len(known): ": a re-base is proposed, after which the next change shows"}.get(
        held, f"; a re-base is proposed for {held}, after which the next change shows"
    )
    return f"{many} stood for a year or more{each}."


def balance_words(rows: Sequence[ScorecardRow]) -> str:
    """3 better, 0 worse, 5 to understand: the signals by what they mean."""
    tones = [told.row.tone for told in rows]
    return (
        f"{len(tones)} to talk about: {tones.count('better')} better, "
        f"{tones.count('worse')} worse, {tones.count('neither')} to understand"
    )
