"""Our queries as Spark SQL: what is written for each thing that Spark says otherwise."""

from datetime import date

import pytest

import sql
from metrics.relations import DIMENSIONS
from store.spark.dialect import spark_text

CUT: dict[str, object] = dict.fromkeys(
    [*DIMENSIONS, "from_day", "to_day", "known_until", "by1", "by2"]
) | {"metric": "charges", "source": "force", "grain": "month", "gaps": False}


def test_a_filter_is_a_list_and_one_that_is_not_there_has_a_type() -> None:
    text = spark_text("summarise", CUT | {"area": ("O'Hara", "Halton")})
    assert "ARRAY_CONTAINS(ARRAY('O\\'Hara', 'Halton'), area)" in text
    assert "ARRAY_CONTAINS(CAST(NULL AS ARRAY<STRING>), team)" in text
    assert "FROM charges AS m" in text and ":" not in text.replace("::", "")


def test_a_value_is_never_read_as_sql() -> None:
    text = spark_text("summarise", CUT | {"source": "x' or 1 = 1 --", "from_day": date(2026, 1, 2)})
    assert "source = 'x\\' or 1 = 1 --'" in text
    assert "day >= CAST('2026-01-02' AS DATE)" in text


@pytest.mark.parametrize(
    ("query", "values", "said"),
    [
        ("summarise", CUT, "PERCENTILE(value, 0.25)"),
        ("summarise", CUT, "MEDIAN(value)"),
        ("summarise", CUT, "m.* EXCEPT (numerator)"),
        ("metrics/order_length", {}, "TIMESTAMPDIFF(MONTH, day, expires_on)"),
        ("relations/charging_decision", {}, "* EXCEPT (day), decided_on AS day"),
        ("relations/suspect_crime", {}, "SIZE(COLLECT_SET(victim_id) OVER ("),
        ("relations/suspect_crime", {}, "BETWEEN 365 preceding AND CURRENT ROW"),
        ("relations/not_known", {"relation": "closed_outcome"}, "FROM closed_outcome"),
    ],
)
def test_what_sqlglot_leaves_is_rewritten(query: str, values: dict[str, object], said: str) -> None:
    assert said.lower() in spark_text(query, values).lower()


def test_a_value_that_is_not_given_is_an_error() -> None:
    with pytest.raises(KeyError):
        spark_text("relations/not_known", {})


def test_no_rewrite_is_there_for_nothing() -> None:
    """What each rewrite looks for stands in a query that Spark is asked."""
    text = " ".join(
        sql.text(f"{folder}/{name}")
        for folder in ("metrics", "relations")
        for name in sql.names(folder)
    ) + sql.text("summarise")
    for words in ("query_table(", "* replace", "count(distinct", "date_sub(", "quantile_cont("):
        assert words in text
