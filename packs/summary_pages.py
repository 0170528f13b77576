"""Pages of a pack that look over many measures: the cover, the month on a page, volume, areas, the
definitions.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from metrics.catalogue import metric_named, metrics
from metrics.contracts import Cut, Metric
from metrics.data_span import first_period
from metrics.no_signals import no_new_signal_words, no_signal_words
from metrics.periods import months_after, start_of
from metrics.scope import EVERYWHERE, OFFENCES, Chosen
from metrics.scorecard import (
    ScorecardRow,
    Window,
    control_of,
    headline,
    judged_now,
    sign_of,
    window_of,
)
from metrics.scrutiny_answers import HIDDEN
from metrics.statistics.change import change
from metrics.talking_points import balance_words, known_words
from metrics.talking_points import to_talk_about as split
from metrics.wording import period_words, relative_words
from packs.contents import OPEN, Cell, Page, Table, Told, told
from packs.request import Request, figure_heads, sides
from packs.source_ages import FRESH, Age

MOST_POINTS = 5
AREA_MEASURES = (
    "charge_rate_recorded",
    "charged_within_90",
    "outcome_15_rate",
    "outcome_16_rate",
    "days_to_charge",
    "repeat_victim_rate",
)
VOLUMES = tuple(name for name in OFFENCES if name != "Stalking and harassment")


def rows_of(request: Request, ids: Iterable[str] | None = None) -> list[ScorecardRow]:
    """The headline measures, or those that are named, as the scorecard has them."""
    wanted = [metric_named(one) for one in ids] if ids else [m for m in metrics() if m.headline]
    found = (headline(request.figures, metric, request.chosen) for metric in wanted)
    return [row for row in found if row is not None]


def latest(request: Request, metric: Metric, chosen: Chosen) -> tuple[Told, Window] | None:
    """The latest figure that can be judged, and the span that it is of."""
    found = judged_now(request.figures, metric, chosen)
    if found is None:
        return None
    value, window = found
    cut = Cut(where=chosen.where(metric), from_day=window.start, to_day=window.stop)
    return told(metric, cut, value), window


def cover(request: Request, ages: Sequence[Age]) -> Page:
    """For whom, of what, how fresh, and what the marks mean."""
    table = Table(
        name="Sources",
        title="How fresh each source is",
        heads=("Source", "Data as at", "Days ago", "State"),
        rows=tuple((one.source, f"{one.as_at:%-d %B %Y}", one.days, one.state) for one in ages),
    )
    marks = f"{OPEN}: still open, more outcomes will come; dashed on a chart."
    audience = (
        "For scrutiny: small numbers are hidden."
        if request.audience == "scrutiny"
        else "For the force: exact figures, not to be passed on."
    )
    hidden = (HIDDEN,) if request.audience == "scrutiny" else ()
    late = [one for one in ages if one.state != FRESH and not one.is_published]
    return Page(
        key="cover",
        name="Cover and status",
        title="",
        points=(
            audience,
            f"{len(ages)} {'source' if len(ages) == 1 else 'sources'}, {len(late) or 'none'} late.",
            marks,
            *hidden,
            "Intervals are 95 %: Wilson for rates, Byar for counts; of days the middle half.",
        ),
        table=table,
        has_commentary=False,
    )


def to_talk_about(request: Request, rows: Sequence[ScorecardRow], is_new: bool = False) -> Page:
    """At most five things to talk about, new ones first; or those that are new alone."""
    points, known = split(rows)
    if is_new:
        points, known = [row for row in points if row.is_new], []
    judged = [row.row for row in rows]
    title = (
        f"{balance_words(points)}."
        if points
        else no_new_signal_words(judged)
        if known or is_new
        else no_signal_words(judged)
    )
    lines = [_point(row) for row in points[:MOST_POINTS]]
    if len(points) > MOST_POINTS:
        lines.append(f"{len(points) - MOST_POINTS} more have a signal.")
    return Page(
        key="talk",
        name="To talk about",
        title=title,
        points=(*lines, f"{known_words(known)} {_titles(known)}".strip()),
        commentary=request.commentary("talk"),
    )


def _point(row: ScorecardRow) -> str:
    between = f" ({row.row.interval})" if row.row.interval else ""
    tag = "New" if row.is_new else "Still"
    meaning = {"better": "better", "worse": "worse", "neither": "to understand", "none": ""}
    return f"{tag}, {meaning[row.row.tone]}: {row.said} {row.row.figure}{between}."


def _titles(known: Sequence[ScorecardRow]) -> str:
    return f"{'; '.join(row.row.title for row in known)}." if known else ""


def month_on_a_page(request: Request, rows: Sequence[ScorecardRow], name: str) -> Page:
    """Every headline measure in one table."""
    missed = [row.row.title for row in rows if row.row.verdict.startswith("✗")]
    judged = sum(bool(row.row.signal) for row in rows)
    signals = sum(bool(row.said) for row in rows)
    many = f"{signals} of the {judged} that can be judged {'shows' if signals == 1 else 'show'}"
    title = (
        f"{len(rows)} measures: {many} a signal"
        + (f"; target missed: {', '.join(missed)}" if missed else "")
        + "."
        if signals
        else no_signal_words([row.row for row in rows])
    )
    return Page(
        key="month",
        name=name,
        title=title,
        table=scorecard(request, rows, name),
        commentary=request.commentary("month"),
    )


def scorecard(request: Request, rows: Sequence[ScorecardRow], name: str) -> Table:
    """Measures with their figure, bounds, counts, change, signal and target."""
    cells: list[tuple[Cell, ...]] = []
    for row in rows:
        metric = metric_named(row.metric)
        found = latest(request, metric, request.chosen)
        if found is None:
            continue
        figure, window = found
        words = row.row
        target = f"{words.target} {words.verdict}".strip()
        change_words = f"{words.change} {words.yardstick}".strip()
        signal = (
            f"{words.signal} {row.words or 'within its usual range'}"
            if words.signal
            else words.unjudged
        )
        between = f"{figure.words} ({words.interval})" if words.interval else figure.words
        cells.append(
            (
                metric.title,
                between,
                *sides(figure, metric),
                window.words,
                change_words,
                signal,
                target,
            )
        )
    return Table(
        name=name,
        title=f"{name}: measures of {request.chosen.offence_words}",
        heads=(
            "Measure",
            "Latest final figure",
            "Figure",
            "From",
            "To",
            "Counted",
            "Out of",
            "Period",
            "Change on a year before",
            "Signal",
            "Target",
        ),
        rows=tuple(cells),
        on_slide=(0, 1, 7, 8, 9, 10),
    )


def beside(request: Request, ids: Sequence[str], name: str) -> Table:
    """Some measures beside a chart: their figure and their signal."""
    table = scorecard(request, rows_of(request, ids), name)
    return table.model_copy(update={"on_slide": (0, 1, 9)})


def volume(request: Request) -> Table:
    """Crimes recorded by kind of offence: the month, the financial year to date, twelve months, and
    each a year before.
    """
    metric = metric_named("crimes_recorded")
    day = request.stands_at(metric)
    assert day is not None
    stop = window_of(metric, day, request.figures.provisional_days).stop
    month, year = months_after(stop, -1), start_of("year", months_after(stop, -1))
    spans = [(month, stop), (year, stop), (months_after(stop, -12), stop)]
    cells: list[tuple[Cell, ...]] = []
    for offence in VOLUMES:
        chosen = Chosen(offence, request.chosen.area)
        pairs = [_with_year_before(request, metric, chosen, span) for span in spans]
        if all(now is None for now, _ in pairs):
            continue
        counts = [one if one is not None else "no data" for pair in pairs for one in pair]
        now, before = pairs[2]
        found = change(metric, now.value, before.value) if now and before else None
        cells.append((chosen.offence_words, *counts, relative_words(found) if found else ""))
    words = period_words("month", month)
    return Table(
        name="Volume",
        title=f"Crimes recorded by {words}; recorded is not prevalence",
        heads=(
            "Offences",
            words,
            "a year before",
            "Financial year to date",
            "the year before to date",
            "12 months",
            "the 12 before",
            "Change of 12 months",
        ),
        rows=tuple(cells),
        on_slide=(0, 1, 2, 5, 6, 7),
    )


def _with_year_before(
    request: Request, metric: Metric, chosen: Chosen, span: tuple[date, date]
) -> tuple[Told | None, Told | None]:
    first = first_period(request.figures, metric)

    def of(start: date, stop: date) -> Told | None:
        if first is None or start < first:
            return None  # a span that the store does not hold whole is no span of none
        cut = Cut(where=chosen.where(metric), from_day=start, to_day=stop)
        return request.one(metric.id, cut)

    return of(*span), of(months_after(span[0], -12), months_after(span[1], -12))


def areas(request: Request, names: Sequence[str]) -> Page:
    """The same six measures in every area, and which of them shows a signal."""
    cells: list[tuple[Cell, ...]] = []
    behind: list[tuple[Cell, ...]] = []
    signals: list[str] = []
    for area in (EVERYWHERE, *names):
        chosen = Chosen(request.chosen.offence, area)
        row: list[Cell] = ["Whole force" if area == EVERYWHERE else area]
        for metric in (metric_named(one) for one in AREA_MEASURES):
            found = latest(request, metric, chosen)
            control = control_of(request.figures, metric, chosen)
            sign = sign_of(control)
            row.append(f"{found[0].words} {sign}".strip() if found else "")
            if found:
                behind.append(
                    (row[0], metric.title, *sides(found[0], metric), found[1].words, sign)
                )
            if control and control.chart.latest and area != EVERYWHERE:
                signals.append(f"{area}: {metric.title.lower()} {control.in_words()}")
        cells.append(tuple(row))
    title = (
        f"{len(signals)} of {len(names) * len(AREA_MEASURES)} measures of areas show a signal."
        if signals
        else "No measure of an area shows a signal."
    )
    heads = ("Area", *(metric_named(one).title for one in AREA_MEASURES))
    figures = Table(
        name="By area, figures",
        title=f"{request.chosen.offence_words}: six measures by area",
        heads=(
            "Area",
            "Measure",
            *figure_heads(metric_named(AREA_MEASURES[0])),
            "Period",
            "Signal",
        ),
        rows=tuple(behind),
    )
    return Page(
        key="areas",
        name="By area",
        title=title,
        grey="▲ H higher than its own past, ▼ L lower, ∿ neither; areas differ in their cases and "
        "are not ranked. " + "; ".join(signals[:3]),
        table=Table(name="By area", title="Six measures by area", heads=heads, rows=tuple(cells)),
        behind=(figures,),
        commentary=request.commentary("areas"),
    )


def definitions_page(used: Iterable[Metric]) -> Page:
    """What each measure means."""
    table = Table(
        name="Definitions",
        title="What each measure means",
        heads=("Measure", "Meaning", "Counted", "Out of", "Basis", "Bear in mind"),
        rows=tuple(
            (one.title, one.meaning, one.numerator, one.denominator, one.day_words, one.mind)
            for one in used
        ),
        on_slide=(0, 1, 4),
    )
    return Page(
        key="definitions",
        name="Definitions",
        title="What each measure means.",
        table=table,
        has_commentary=False,
    )
