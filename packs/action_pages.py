"""Pages of a pack on what was decided, what was claimed and what was asked for."""

from datetime import date

from metrics.claims import head_words as claimed_words
from metrics.claims import verdicts
from metrics.decisions import decisions, head_words, then_and_now
from metrics.recommendations import UNKNOWN, evidence_of, recommendations
from metrics.recommendations import head_words as recommended_words
from packs.contents import Page, Table
from packs.request import Request


def decisions_page(request: Request, today: date) -> Page:
    """What earlier meetings decided: open ones first, overdue ones marked."""
    found = decisions(request.figures.snapshot)
    table = Table(
        name="Decisions",
        title="Decisions of earlier meetings",
        heads=("Decided", "Measure", "Owner", "State", "The figure then and now", "Expected"),
        rows=tuple(
            (
                one.words,
                one.measured,
                one.owner,
                one.state_words(today),
                then_and_now(request.figures, one, today),
                one.expected,
            )
            for one in found
        ),
        on_slide=(0, 1, 2, 3, 4),
    )
    title = head_words(found, today) if found else "No decision is written down yet."
    return Page(key="decisions", name="Decisions", title=title, table=table, has_commentary=False)


def claims_page(request: Request, force: str) -> Page:
    """What was said in public, and how each claim stands by these figures."""
    found = verdicts(request.figures, force)
    table = Table(
        name="Claims",
        title="Claims made in public, and whether they hold",
        heads=("Claim", "Said by", "Said on", "Status", "By which figure"),
        rows=tuple(
            (
                one.claim.words,
                one.claim.said_by,
                f"{one.claim.said_on:%-d %B %Y}",
                one.status,
                one.sentence,
            )
            for one in found
        ),
        on_slide=(0, 3, 4),
    )
    return Page(
        key="claims",
        name="Claims",
        title=claimed_words(found),
        table=table,
        commentary=request.commentary("claims"),
    )


def recommendations_page(request: Request, today: date) -> Page | None:
    """What inspectors asked for, how far it is and what the figures show; those marked complete
    whose measure got worse come first. None where the force has recorded none.
    """
    found = [
        (one, evidence_of(request.figures, one))
        for one in recommendations(request.figures.snapshot)
        if one.status != UNKNOWN
    ]
    if not found:
        return None
    worse = [one for one, shown in found if any(item.warning for item in shown)]
    found.sort(key=lambda pair: pair[0] not in worse)
    table = Table(
        name="Recommendations",
        title="Recommendations, and the evidence of today",
        heads=("No.", "Recommendation", "Owner", "State", "Evidence today", "Report"),
        rows=tuple(
            (
                one.name,
                one.words,
                one.owner,
                one.state_words(today),
                "; ".join(
                    item.warning or f"{item.title}: {item.figure} {item.signal}".strip()
                    for item in shown
                )
                or "no measure here shows it",
                one.source,
            )
            for one, shown in found
        ),
        on_slide=(0, 1, 2, 3, 4),
    )
    return Page(
        key="recommendations",
        name="Recommendations",
        title=recommended_words([one for one, _ in found], len(worse), today),
        table=table,
        has_commentary=False,
    )
