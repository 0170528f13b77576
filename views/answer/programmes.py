"""Did it work? One programme: the areas where it began beside those where it had not, what that
rests on, and what else moved.
"""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from charts.base import Figure
from charts.comparison import sides_chart
from charts.escaping import for_markdown
from metrics.catalogue import metric_named
from metrics.contracts import Cut, Metric
from metrics.events import Event
from metrics.freshness import as_at
from metrics.funding import awards, awards_of
from metrics.periods import months_after, start_of
from metrics.roll_out import points
from metrics.scope import Chosen
from metrics.statistics.case_mix import mix_of
from metrics.statistics.programme_effect import (
    Evaluation,
    Programme,
    Side,
    counts_of,
    evaluate,
    interrupted,
    orders_ratio,
    programme_of,
)
from metrics.wording import day_words, period_words, share
from store.audit import COMBINATION
from store.snapshot import Snapshot
from views.parts import filters, page
from views.parts.figures import answer, shown_snapshot
from views.parts.load_report import table
from views.parts.page import Page
from views.parts.programme_money import draw_awards
from views.parts.programme_roll_out import draw_roll_out
from views.parts.programme_tests import draw_tests, joined, points_words, signed
from views.parts.programme_withdrawal import draw_withdrawal

PAGE = Page("Did it work?", address="programmes", order=12, audit_kind=COMBINATION)

MEASURES = {
    "Charged within 90 days": "charged_within_90",
    "180 days": "charged_within_180",
    "30 days": "charged_within_30",
}
MIX_TEAM = "Harm Reduction Unit"
FEWEST_DAYS = 90


def draw() -> None:
    """Draw the page."""
    snapshot = shown_snapshot()
    rows = snapshot.rows("programme") if snapshot else []
    if snapshot is None or not rows:
        page.empty(
            "Did it work?",
            "No programme is written down yet. Write one down on the Registers page.",
        )
        return
    day = as_at(snapshot, "recorded_outcome", "force")
    page.head("Did it work?", snapshot, "a programme beside the areas where it had not begun", day)
    names = sorted({str(row["programme"]) for row in rows})
    name = names[0]
    if len(names) > 1:
        name = str(
            st.pills(
                "Programme",
                names,
                default=names[0],
                required=True,
                key="programme",
                bind="query-params",
                label_visibility="collapsed",
                format_func=for_markdown,
            )
        )
    programme = programme_of(name, [row for row in rows if row["programme"] == name])
    chosen = Chosen(offence=filters.offence_pills())
    picked = filters.one_of("Measure", tuple(MEASURES), "within")
    metric = metric_named(MEASURES[picked])
    if programme is None or day is None:
        st.info("No crime outcomes are loaded yet, so there is nothing to judge the programme by.")
        return
    _judged(snapshot, programme, metric, chosen, day)
    st.divider()
    st.caption(
        "A difference in differences: by how much more the share changed where the programme "
        "began than where it had not, month against "
        "month, weighted by precision; the interval is widened where months differ by more than "
        "chance. It shows the programme's effect "
        "only if the two would otherwise have moved alike, which the trend before the start and "
        "the same test where nothing began speak for or against, and "
        "cannot prove."
    )


def _judged(
    snapshot: Snapshot, programme: Programme, metric: Metric, chosen: Chosen, day: date
) -> None:
    """What came of a programme, what it cost, and what speaks for a roll-out."""
    found = _effect(snapshot, programme, metric, chosen)
    _orders(snapshot, programme)
    _mix(snapshot, metric, chosen)
    draw_withdrawal(snapshot, programme, chosen, day)
    money = awards(snapshot)
    draw_awards(money, day)
    if found is not None:
        own, others = awards_of(money, programme.name), _others(snapshot, programme, found)
        draw_roll_out(points(found, metric, others, own, day), programme.name)


def _effect(
    snapshot: Snapshot, programme: Programme, metric: Metric, chosen: Chosen
) -> Evaluation | None:
    """The effect, drawn; None where nothing can be said of it."""
    cut = Cut(grain="month", by=(programme.dimension,), where=chosen.where(metric))
    counts = counts_of(answer(snapshot, metric.id, cut).values, programme.dimension)
    found = evaluate(programme, counts)
    if found is None:
        st.info(
            for_markdown(_nothing(programme, metric, {group.casefold() for group, _ in counts}))
        )
        return None
    here = joined(programme.first) or "the whole force"
    events = [
        Event(day, "began here" if snapshot == 0 else "began elsewhere")
        for snapshot, (day, _) in enumerate(programme.starts)
    ]
    windows = _windows(found, programme)
    grey = f"{programme.name} · {chosen.offence_words} · {metric.day_words} · {windows}"
    rows = [_side_row(here, found.treated)] + (
        [_side_row("Elsewhere", found.rest)] if found.rest else []
    )
    heads = ["Where", "Before", "Rests on", "After", "Rests on ", "Change (95 %)"]
    page.block(
        _sentence(metric, here, found),
        grey,
        _chart(metric, counts, programme, here, events),
        page.Table(heads, rows, "programme"),
    )
    table(heads, rows, "Before and after")
    if found.rest is None:
        return found
    if others := _others(snapshot, programme, found):
        words = (
            "Other programmes began inside or up to a year before these months: "
            f"{'; '.join(others)}."
        )
        st.warning(
            for_markdown(
                f"{words} The figures cannot tell them apart from this one, and no area or time "
                "was without one."
            )
        )
        return found
    draw_tests(found)
    return found


def _nothing(programme: Programme, metric: Metric, groups: set[str]) -> str:
    """Why nothing can be said of a programme."""
    unknown = [name for name in programme.first if name.casefold() not in groups]
    if len(unknown) == len(programme.first) and unknown and groups:
        return (
            f"No crimes are recorded under {joined(unknown)}. Mend the name on the Registers "
            "page: take the load back and write it anew."
        )
    return (
        f"{programme.name} starts on {day_words(programme.starts_on)}: there are not yet four "
        "months on each side of that whose crimes "
        f"have been followed long enough for “{metric.title}”. Nothing can be said of it yet."
    )


def _others(snapshot: Snapshot, programme: Programme, evaluation: Evaluation) -> list[str]:
    """The other programmes that began inside the months that are compared, in words."""
    first, last = (
        months_after(evaluation.months_before[0], -12),
        months_after(evaluation.months_after[-1], 1),
    )
    rows = [
        row
        for row in snapshot.rows("programme")
        if row["programme"] != programme.name and first <= row["starts_on"] < last
    ]
    return sorted(
        {
            f"{row['programme']} in {row['area'] or row['team'] or 'the whole force'} on "
            f"{day_words(row['starts_on'])}"
            for row in rows
        }
    )


def _sentence(metric: Metric, here: str, evaluation: Evaluation) -> str:
    effect = evaluation.effect
    if effect is None:
        change = evaluation.treated.change
        moved = f"changed by {points_words(change)}" if change else "cannot be compared"
        return (
            f"{metric.title}: {moved} in {here}. No area was without the programme, so nothing "
            "says what would have happened anyway."
        )
    judged = "could be chance" if effect.is_none else "unlikely to be chance"
    low, high = sorted((abs(effect.lower), abs(effect.upper)))
    between = (
        f"{signed(effect.lower)} to {signed(effect.upper)}"
        if effect.is_none
        else f"{low * 100:.1f} to {high * 100:.1f}"
    )
    own = evaluation.treated.change
    rest = evaluation.rest.change if evaluation.rest else None
    step = abs(effect.value) * 100
    if effect.value >= 0 and own and own.value > 0:
        return (
            f"{metric.title} rose by {step:.1f} pts more in {here} than elsewhere ({between}): "
            f"{judged}."
        )
    if effect.value < 0 and own and own.value < 0:
        return (
            f"{metric.title} fell by {step:.1f} pts more in {here} than elsewhere ({between}): "
            f"{judged}."
        )
    moves = f"{signed(own.value) if own else 'unknown'} pts in {here}, " + (
        f"{signed(rest.value)} pts elsewhere" if rest else "unknown elsewhere"
    )
    return f"{metric.title}: {moves}, {step:.1f} pts apart ({between}): {judged}."


def _windows(evaluation: Evaluation, programme: Programme) -> str:
    before, after = evaluation.months_before, evaluation.months_after
    until = (
        f", until the rest began on {day_words(programme.others_from)}"
        if programme.others_from and evaluation.rest
        else ""
    )
    return (
        f"{len(before)} months to {period_words('month', before[-1])} against {len(after)} "
        f"from {period_words('month', after[0])}{until}"
    )


def _side_row(name: str, side: Side) -> list[str]:
    def rests(pair: tuple[int, int]) -> str:
        return f"{pair[0]:,} of {pair[1]:,}"

    def rate(pair: tuple[int, int]) -> str:
        return share(pair[0] / pair[1]) if pair[1] else "not shown"

    change = side.change
    return [
        name,
        rate(side.before),
        rests(side.before),
        rate(side.after),
        rests(side.after),
        points_words(change) if change else "",
    ]


def _chart(
    metric: Metric,
    counts: dict[tuple[str, date], tuple[int, int]],
    programme: Programme,
    here: str,
    events: Sequence[Event],
) -> Figure:
    """The two sides by quarter; only whole quarters whose months may all be judged."""
    folded = {name.casefold() for name in programme.first}
    months = sorted({month for _, month in counts})
    sides: dict[str, dict[date, tuple[int, int]]] = {}
    for (group, month), (one, out_of) in counts.items():
        side = here if group.casefold() in folded or not folded else "Elsewhere"
        quarter = start_of("quarter", month)
        if all(months_after(quarter, step) in months for step in range(3)):
            was = sides.setdefault(side, {}).get(quarter, (0, 0))
            sides[side][quarter] = (was[0] + one, was[1] + out_of)
    return sides_chart(
        metric,
        [(name, sorted(sides[name].items())) for name in (here, "Elsewhere") if name in sides],
        events,
    )


def _orders(snapshot: Snapshot, programme: Programme) -> None:
    """Protection orders before and after, where the programme began."""
    day = as_at(snapshot, "order_event", "force")
    if day is None or programme.starts_on > day:
        return
    folded = {name.casefold() for name in programme.first}
    rows = snapshot.rows("reports/orders_granted", area=None)
    days = [
        row["day"]
        for row in rows
        if not folded or str(row[programme.dimension]).casefold() in folded
    ]
    known = (min((row["day"] for row in rows), default=day), day)
    span, before, after, ratio = orders_ratio(days, programme.starts_on, known)
    here = joined(programme.first) or "the whole force"
    if span < FEWEST_DAYS:
        st.header(
            for_markdown(
                f"Protection orders in {here}: the register knows too few days before or after "
                "the start."
            ),
            anchor=False,
        )
        return
    words = (
        f"Protection orders in {here}: {after} granted in the {span} days from the start, "
        f"{before} in the {span} days before"
    )
    if ratio:
        words += f", {ratio[0]:.1f} times as many ({ratio[1]:.1f} to {ratio[2]:.1f})"
    step = interrupted(days, programme.starts_on, known)
    st.header(for_markdown(f"{words}: {_judged_step(step)}."), anchor=False)
    series = (
        f"; as an interrupted series by month the step is {step[0]:.1f} times ({step[1]:.1f} to "
        f"{step[2]:.1f})"
        if step
        else ""
    )
    st.caption(
        for_markdown(
            f"Orders that were granted, by the day of the grant{series} · 24 months on either "
            "side at most, as far as the register goes · "
            f"order register as at {day_words(day)}"
        )
    )


def _judged_step(step: tuple[float, float, float] | None) -> str:
    if step is None:
        return "too few to tell a step from the existing trend"
    if step[1] > 1:
        return "more than the existing trend explains"
    return (
        "fewer than the existing trend explains"
        if step[2] < 1
        else "the existing trend could explain it"
    )


def _mix(snapshot: Snapshot, metric: Metric, chosen: Chosen) -> None:
    """What the unit takes on beside what the others do: the hardest cases make the lowest rates."""
    found = mix_of(
        answer(
            snapshot, metric.id, Cut(by=("team", "vawg_group"), where=chosen.where(metric))
        ).values,
        MIX_TEAM,
    )
    if found is None:
        return
    words = (
        f"The {MIX_TEAM} charged {share(found.own_rate)} of its cases, the other teams "
        f"{share(found.rest_rate)} of theirs"
    )
    if found.expected is not None:
        words += (
            f"; on the {MIX_TEAM}'s mix of offences the others would have charged "
            f"{share(found.expected)}"
        )
    st.header(for_markdown(f"{words}."), anchor=False)
    st.caption(
        f"{metric.title} · {chosen.offence_words} · {metric.day_words} · all months that can be "
        "judged · standardised to the unit's mix; "
        "how hard a case is within an offence is not known"
    )
    rows = [
        [
            part.offence[:1].upper() + part.offence[1:],
            share(part.own_share),
            share(part.rest_share),
            _rate(part.own),
            _rate(part.rest),
        ]
        for part in found.parts
    ]
    table(
        [
            "Offence",
            "Of the unit's cases",
            "Of the others' cases",
            "Unit charged",
            "Others charged",
        ],
        rows,
        "Offence mix and rates",
    )


def _rate(pair: tuple[int, int]) -> str:
    return (
        f"{share(pair[0] / pair[1])} of {pair[1]:,}" if pair[1] >= 10 else f"{pair[0]} of {pair[1]}"
    )
