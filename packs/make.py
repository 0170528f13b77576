"""A pack made: its pages from the figures of one snapshot, for one audience."""

from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import cast

import sql
from metrics.catalogue import metrics, named_metrics
from metrics.commentary import commentary_of
from metrics.contracts import Audience, Metric
from metrics.errors import MetricError
from metrics.figures import Figures
from metrics.freshness import as_at, is_invented
from metrics.measure import values_of
from metrics.naming import SUBJECT
from metrics.rebasing import rebased
from metrics.scope import EVERYWHERE, OFFENCES, Chosen
from packs.action_pages import claims_page, decisions_page, recommendations_page
from packs.contents import Commentary, Meeting, Pack, Page, Told
from packs.meetings import monthly, quarterly, scrutiny, weekly
from packs.request import Request
from packs.source_ages import ages, late_words
from packs.summary_pages import cover, definitions_page
from store import settings

MARKS = {
    "force": "OFFICIAL-SENSITIVE, to be confirmed by its owner",
    "scrutiny": "OFFICIAL, to be confirmed by its owner",
}
PAGES = {"weekly": weekly, "monthly": monthly, "quarterly": quarterly}


class CannotMake(MetricError):
    """A pack that cannot be made; its text says why."""


def pack_of(request: Request, store_folder: Path, made_by: str) -> Pack:
    """The pack that is asked for. Raises CannotMake."""
    _check(request)
    snapshot, held = request.figures.snapshot, settings.of(store_folder)
    now = datetime.now(UTC).replace(microsecond=0)
    names = values_of(snapshot, "charge_rate_recorded", "force", "area")
    build = scrutiny if request.audience == "scrutiny" else PAGES[request.meeting]
    found = ages(snapshot, store_folder)
    pages = [cover(request, found), *build(request, sorted(names))]
    if request.audience == "force":
        pages.insert(1, decisions_page(request, now.date()))
    if request.audience == "force" and request.meeting != "weekly" and request.is_whole:
        pages.append(claims_page(request, held.force_name))
        asked_for = recommendations_page(request, now.date())
        pages += [asked_for] if asked_for else []
    used = [one for one in metrics() if one.id in _ids(pages)]
    late = late_words(found)
    pages[0] = pages[0].model_copy(update={"grey": late})
    pack = Pack(
        meeting=request.meeting,
        audience=request.audience,
        force=held.force_name,
        offences=request.chosen.offence,
        area=request.chosen.area,
        snapshot=snapshot.number,
        data_as_at=as_at(snapshot, "recorded_outcome", "force"),
        is_invented=is_invented(snapshot),
        made_at=now,
        made_by=made_by,
        marking=MARKS[request.audience],
        late=late,
        pages=(*pages, definitions_page(used)),
        definitions={one.id: definition_mark(one) for one in used},
        rebases={one.id: tuple(rebased(snapshot, one, request.chosen)) for one in used},
    )
    head = pack.pages[0].model_copy(update={"title": f"{held.force_name}: {pack.title}"})
    return pack.model_copy(update={"pages": (head, *pack.pages[1:])})


def request_for(
    meeting: str, audience: str, figures: Figures, offence: str = "", area: str = ""
) -> Request:
    """A request in the words of the command line or a page, which `pack_of` checks. Raises
    CannotMake.
    """
    day = as_at(figures.snapshot, "recorded_outcome", "force")
    if day is None:
        raise CannotMake(
            "No crime outcomes are loaded yet: a pack needs them. Load an export first."
        )
    chosen = Chosen(offence or Chosen.offence, area or EVERYWHERE)

    def said(key: str) -> Commentary | None:
        found = commentary_of(figures.snapshot, key, meeting, chosen)
        return Commentary(words=found.words, by=found.by, on=found.on) if found else None

    return Request(cast(Meeting, meeting), cast(Audience, audience), figures, day, chosen, said)


def _check(request: Request) -> None:
    if request.meeting not in PAGES:
        raise CannotMake(f"There is no meeting {request.meeting!r}: say {', '.join(PAGES)}.")
    if request.audience not in MARKS:
        raise CannotMake(f"There is no audience {request.audience!r}: say {', '.join(MARKS)}.")
    if request.chosen.offence not in OFFENCES:
        raise CannotMake(
            f"There are no offences {request.chosen.offence!r}: say {', '.join(OFFENCES)}."
        )
    known = values_of(request.figures.snapshot, "charge_rate_recorded", "force", "area")
    if not request.is_whole and request.chosen.area.casefold() not in map(str.casefold, known):
        raise CannotMake(
            f"There is no area {request.chosen.area!r}: say {', '.join(sorted(known))}."
        )
    if request.audience == "scrutiny" and not request.is_whole:
        raise CannotMake(
            "The pack for scrutiny is of the whole force: by area, offence and month its numbers "
            "are small enough to point at a person. Leave --area out."
        )


def _ids(pages: Sequence[Page]) -> set[str]:
    """Every measure that a page holds a figure of."""
    tables = [table for page in pages for table in page.tables()]
    cells = [cell for table in tables for row in table.rows for cell in row]
    return {cell.metric for cell in cells if isinstance(cell, Told)}


def definition_mark(metric: Metric) -> str:
    """A short mark of a definition, its words and its rows: another when either is changed."""
    metric = next(
        one for one in named_metrics(SUBJECT) if one.id == metric.id
    )  # by no force's name
    text = metric.model_dump_json(exclude={"order", "headline"}) + sql.text(f"metrics/{metric.id}")
    return sha256(text.encode()).hexdigest()[:12]
