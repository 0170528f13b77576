"""How far the effect of a programme can be trusted: the same test where nothing began."""

from collections.abc import Sequence

import streamlit as st

from charts import reading
from charts.effects import EffectRow, effects
from charts.escaping import for_markdown
from metrics.statistics.programme_effect import Estimate, Evaluation
from metrics.wording import MINUS
from views.parts import page


def draw_tests(found: Evaluation) -> None:
    """The effect beside the same test where nothing began, drawn with their intervals."""
    tests = [("The programme", "its own start", found.effect)] if found.effect else []
    tests += [("Where nothing began", label, placebo) for label, placebo in found.placebos]
    if not tests:
        st.header(for_markdown(trust_words(found)), anchor=False)
        return
    rows = [
        EffectRow(label, detail, one.value, one.lower, one.upper, one is found.effect)
        for label, detail, one in tests
    ]
    cells = [[label, detail, points_words(one)] for label, detail, one in tests]
    page.block(
        trust_words(found),
        "difference in differences, in points of the share, with 95 % intervals",
        effects(rows),
        page.Table(
            ["Test", "Where or when", "Difference in differences (95 %)"], cells, "programme-tests"
        ),
        reading.OF_EFFECTS,
    )


def trust_words(evaluation: Evaluation) -> str:
    """Did the two move alike before, and does the same reckoning find something where nothing
    began?
    """
    trend, hits = (
        evaluation.pre_trend,
        [label for label, one in evaluation.placebos if not one.is_none],
    )
    if trend is None:
        words = "How the two moved before the start cannot be told"
    elif trend.is_none:
        words = f"Before the start the two did not clearly move apart ({_yearly(trend)})"
    else:
        words = (
            f"Before the start the two were already moving apart ({_yearly(trend)}): the "
            "effect may be that"
        )
    if not evaluation.placebos:
        return f"{words}."
    return (
        f"{words}; where nothing began, "
        f"{'something was found too: ' + joined(hits) if hits else 'nothing was found'}."
    )


def points_words(one: Estimate) -> str:
    """+2.2 pts (+0.7 to +3.8)."""
    return f"{signed(one.value)} pts ({signed(one.lower)} to {signed(one.upper)})"


def _yearly(one: Estimate) -> str:
    return f"{signed(one.value)} pts a year, {signed(one.lower)} to {signed(one.upper)}"


def signed(value: float) -> str:
    """A share as points, with its sign."""
    return f"{MINUS if value <= -0.0005 else '+'}{abs(value) * 100:.1f}"


def joined(names: Sequence[str]) -> str:
    """Halton, Warrington and Crewe."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
