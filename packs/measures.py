"""One measure as a page of a pack: its finding, its control chart as numbers, its table."""

from collections.abc import Sequence

from metrics.catalogue import metric_named
from metrics.contracts import Cut, Metric
from metrics.measure_finding import (
    Ask,
    basis_words,
    cut_of,
    finding,
    judge_chosen,
    nothing_words,
    signal_words,
    start_suffix,
)
from metrics.scope import scope_words
from metrics.scorecard import in_window, window_of, year_of
from metrics.scrutiny_answers import getting_better, how_sure, latest_words, lattice_cut
from metrics.series_start import carries_from
from metrics.statistics.signals import Judged, judge
from metrics.targets import target_of
from metrics.wording import period_words, status_words
from packs.contents import Cell, Chart, Line, Page, Table, Told
from packs.request import Request, figure_heads, period_label, sides, values_of


def page_of(request: Request, metric_id: str, name: str, beside: Table | None = None) -> Page:
    """A page with the trend of one measure, and a table beside it; a page that says why there is
    none.
    """
    metric = metric_named(metric_id)
    made = _for_scrutiny if request.audience == "scrutiny" else _for_force
    page = made(request, metric)
    return page.model_copy(
        update={"name": name, "key": f"{page.key}-{name.lower().replace(' ', '-')}"}
        | ({"table": beside} if beside else {})
    )


def _for_force(request: Request, metric: Metric) -> Page:
    """The trend as the page of the measure has it."""
    figures, chosen = request.figures, request.chosen.for_metric(metric)
    ask, day = Ask(metric, chosen), request.stands_at(metric)
    if day is None:
        return _nothing(metric, f"{metric.title}: nothing is loaded yet.")
    window, base = window_of(metric, day, figures.provisional_days), Cut(where=chosen.where(metric))
    now = in_window(figures, metric, base, window)
    found = request.ask(metric.id, cut_of(ask, day))
    if now is None or not any(one.number is not None for one in found):
        return _nothing(metric, nothing_words(figures, ask, values_of(found), window, now))
    year = year_of(figures, metric, base, window)
    whole = figures.ask(metric.id, cut_of(ask, day).but(from_day=None)).values
    begun = whole[0].period if whole else None
    found = [one for one in found if begun is None or (one.value.period or begun) >= begun]
    judged = judge_chosen(figures.snapshot, ask, whole)
    aim = target_of(figures.snapshot, metric, day, chosen)
    title = finding(metric, window, now, year)
    signal = signal_words(judged).strip()
    grey = basis_words(ask, now, judged) + start_suffix(figures.snapshot, metric)
    chart = chart_of(metric, found, judged, float(str(aim["target"])) if aim else None)
    return _page(request, metric, (title, f"{signal} {grey}".strip()), chart, found)


def _for_scrutiny(request: Request, metric: Metric) -> Page:
    """The trend as the scrutiny audience is told it: by month for the whole force."""
    day = request.stands_at(metric)
    if day is None or not metric.is_told:
        return _nothing(metric, f"{metric.title}: no figures for scrutiny are loaded.")
    where: dict[str, tuple[str, ...]] = {
        name: values
        for name, values in request.chosen.where(metric).items()
        if len(values) == 1 and name != "area"
    }
    found = request.ask(metric.id, lattice_cut("month", (), where, day))
    if not any(one.number is not None for one in found):
        return _nothing(metric, f"{metric.title}: no month of it can be shown.")
    quarters = request.ask(metric.id, lattice_cut("quarter", (), where, day))
    title, rest = latest_words(metric, "month", tuple(values_of(found)))
    start = carries_from(request.figures.snapshot, metric)
    better = getting_better(metric, values_of(found), start)
    sure = how_sure(metric, {"month": values_of(found), "quarter": values_of(quarters)})
    judged = judge(metric, "month", values_of(found), start=start)
    grey = (
        f"Is it getting better? {better} How much, how sure? {sure} "
        f"{rest} · {scope_words(metric, request.chosen)} · {metric.day_words}"
    )
    page = _page(request, metric, (title, grey), chart_of(metric, found, judged, None), found)
    by_quarter = _series_table(metric, quarters, f"{metric.title}, by quarter")
    return page.model_copy(update={"behind": (*page.behind, by_quarter)})


def _nothing(metric: Metric, words: str) -> Page:
    return Page(key=metric.id, name=metric.title, title=words, has_commentary=False)


def _page(
    request: Request, metric: Metric, words: tuple[str, str], chart: Chart, found: list[Told]
) -> Page:
    title, grey = words
    return Page(
        key=metric.id,
        name=metric.title,
        title=title,
        grey=grey,
        chart=chart,
        behind=(_series_table(metric, found, metric.title),),
        commentary=request.commentary(metric.id),
        notes=notes_of(request, metric),
    )


def notes_of(request: Request, metric: Metric) -> tuple[str, ...]:
    """What the speaker has beneath a page: definition, basis, cut, snapshot."""
    day = request.stands_at(metric)
    return (
        f"{metric.title}: {metric.meaning}",
        f"Counted: {metric.numerator}. Out of: {metric.denominator}.",
        f"Bear in mind: {metric.mind}",
        f"{scope_words(metric, request.chosen)}; {metric.day_words}; "
        + (f"data as at {day:%-d %B %Y}; " if day else "")
        + f"snapshot {request.figures.snapshot.number}.",
    )


def _series_table(metric: Metric, found: Sequence[Told], title: str) -> Table:
    """Every period with its bounds, counts and status."""
    grain = found[0].cut.grain if found else "month"
    heads = ("Period", *figure_heads(metric), "Status")
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            period_words(grain, one.value.period),
            *sides(one, metric),
            status_words(one.value),
        )
        for one in found
    )
    return Table(name=title, title=f"{title}, by {grain}", heads=heads, rows=rows)


def chart_of(
    metric: Metric, found: Sequence[Told], judged: Judged | None, target: float | None
) -> Chart:
    """The trend as numbers: what is final, what is still open, the mean and the usual range of
    each phase, the target.
    """
    grain, numbers = found[0].cut.grain, [one.number for one in found]
    is_open = [one.value.status == "provisional" for one in found]
    last = max(
        (at for at, one in enumerate(is_open) if not one and numbers[at] is not None), default=-1
    )
    final = tuple(None if is_open[at] else number for at, number in enumerate(numbers))
    waiting = tuple(
        number if is_open[at] or at == last else None for at, number in enumerate(numbers)
    )
    lines = [Line(name="Final", role="final", points=final)]
    if any(is_open):
        lines.append(Line(name="Still open", role="open", points=waiting))
    lines += _limits(found, judged)
    if target is not None:
        lines.append(Line(name="Target", role="target", points=(target,) * len(found)))
    return Chart(
        kind="line",
        unit=metric.unit,
        categories=tuple(period_label(grain, one.value.period) for one in found),
        lines=tuple(lines),
        words=(
            f"{metric.title} by {grain}, {len(found)} {grain}{'' if len(found) == 1 else 's'}; the "
            "table has each figure."
        ),
    )


def _limits(found: Sequence[Told], judged: Judged | None) -> list[Line]:
    """The mean and the limits of each period that was judged; none where there are too few."""
    phases = (
        [] if judged is None else [one for one in (*judged.earlier, judged) if not one.is_trial]
    )
    at = {
        value.period: (phase.chart.centre, max(limit.lower, 0.0), limit.upper)
        for phase in phases
        for value, limit in zip(phase.values, phase.chart.limits, strict=True)
    }
    if not at:
        return []
    top = 1.0 if found[0].unit == "rate" else float("inf")
    rows = [at.get(one.value.period) for one in found]
    names: tuple[tuple[str, str], ...] = (
        ("Mean", "mean"),
        ("Usual range: lower", "limit"),
        ("Usual range: upper", "limit"),
    )
    return [
        Line.model_validate(
            {
                "name": name,
                "role": role,
                "points": tuple(None if row is None else min(row[place], top) for row in rows),
            }
        )
        for place, (name, role) in enumerate(names)
    ]
