"""Tile map: every force has a square of its own, and equal figures are in one fifth."""

from charts.tile_map import fifth_of, tile_map
from metrics.catalogue import metric_named
from metrics.contracts import Value
from metrics.reference import reference


def value(share: float | None) -> Value:
    return Value(
        period=None,
        numerator=10,
        denominator=100,
        value=share,
        lower=None,
        upper=None,
        status="final",
    )


def test_every_force_of_england_and_wales_has_a_square_of_its_own() -> None:
    tiles = reference("force_tile")
    forces = {row["force_name"] for row in reference("force_label")} - {"British Transport Police"}
    assert {row["force_name"] for row in tiles} == forces
    assert len({(row["across"], row["down"]) for row in tiles}) == len(tiles) == 43


def test_fifths_are_in_order_and_equal_figures_share_one() -> None:
    rows = [(str(at), value(at / 10)) for at in range(10)]
    assert fifth_of(rows) == {str(at): at // 2 for at in range(10)}
    assert fifth_of([("a", value(0.5)), ("b", value(0.5)), ("c", value(None))]) == {"a": 0, "b": 0}


def test_a_force_without_a_figure_is_grey_and_ours_is_framed() -> None:
    metric = metric_named("charge_rate_closed")
    (trace,) = tile_map(metric, [("Kent", value(0.2))], "Kent")["data"]
    names = [row["force_name"] for row in reference("force_tile")]
    widths = dict(zip(names, trace["marker"]["line"]["width"], strict=True))
    assert [name for name, width in widths.items() if width] == ["Kent"]
    grey = dict(zip(names, trace["marker"]["color"], strict=True))["Essex"]
    assert grey == "#F1F1F1"
    assert "no figure" in dict(zip(names, trace["customdata"], strict=True))["Essex"]
