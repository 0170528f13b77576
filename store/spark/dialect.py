"""Our queries as Spark SQL: sqlglot's own translation, and the few rewrites that it does not make.

Values are put in as literals of the parsed query, never as text.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

import sqlglot
from sqlglot import exp

import sql


def spark_text(query: str, values: Mapping[str, object]) -> str:
    """`sql/<query>.sql` as Spark SQL, with `values` in the place of its parameters.

    Raises UnknownQuery, sqlglot's ParseError or UnsupportedError, KeyError for a value that is not
    given.
    """
    parsed = _parsed(query).copy()
    for parameter in list(parsed.find_all(exp.Parameter, exp.Placeholder)):
        name = parameter.name or parameter.this.name
        parameter.replace(_literal(values[name]))
    return parsed.transform(_rewritten).sql(
        "spark", comments=False, unsupported_level=sqlglot.ErrorLevel.RAISE
    )


@cache
def _parsed(query: str) -> exp.Expr:
    return sqlglot.parse_one(sql.text(query), read="duckdb")


def _literal(value: object) -> exp.Expr:
    if isinstance(value, date):
        return exp.cast(exp.Literal.string(value.isoformat()), "date")
    if value is None or isinstance(value, str | bool | int):
        return exp.convert(value)
    if isinstance(value, Iterable):
        return exp.array(*(exp.Literal.string(str(each)) for each in value), dialect="duckdb")
    raise TypeError(f"No literal is made of {type(value).__name__}")


def _rewritten(node: exp.Expr) -> exp.Expr:
    """One node of a query as Spark understands it, where sqlglot leaves it as it was."""
    for rewrite in REWRITES:
        node = rewrite(node)
    return node


def _table_by_name(node: exp.Expr) -> exp.Expr:
    """`query_table('name')`: Spark has no table named by a value."""
    if isinstance(node, exp.Table) and isinstance(node.this, exp.Anonymous):
        function = node.this
        if function.name.lower() == "query_table":
            return exp.to_table(function.expressions[0].name, alias=node.alias or None)
    return node


def _typed_list(node: exp.Expr) -> exp.Expr:
    """`array_contains(null, x)`: Spark asks of what type the list is that is not there."""
    if isinstance(node, exp.ArrayContains) and isinstance(node.this, exp.Null):
        node.set("this", exp.cast(exp.Null(), "array<string>", dialect="spark"))
    return node


def _replaced_column(node: exp.Expr) -> exp.Expr:
    """`* replace (x as y)`: Spark has `* except (y), x as y` alone."""
    if not isinstance(node, exp.Select):
        return node
    written: list[exp.Expr] = []
    for target in node.expressions:
        star = target if isinstance(target, exp.Star) else None
        replaced = star.args.get("replace") if star else None
        if star is None or not replaced:
            written.append(target)
            continue
        written.append(exp.Star(except_=[exp.to_identifier(each.alias) for each in replaced]))
        written += [each.copy() for each in replaced]
    node.set("expressions", written)
    return node


def _distinct_in_window(node: exp.Expr) -> exp.Expr:
    """`count(distinct x) over …`: Spark counts no distinct values in a window, but collects them;
    a window by days is bounded by a number.
    """
    if isinstance(node, exp.Window) and isinstance(node.this, exp.Count):
        counted = node.this.this
        if isinstance(counted, exp.Distinct):
            window = node.copy()
            window.set("this", exp.func("collect_set", counted.expressions[0], dialect="spark"))
            return exp.func("size", _in_days(window), dialect="spark")
    return node


def _in_days(window: exp.Expr) -> exp.Expr:
    for interval in list(window.find_all(exp.Interval)):
        interval.replace(exp.Literal.number(interval.this.name))
    return window


def _whole_months(node: exp.Expr) -> exp.Expr:
    """`date_sub('month', a, b)`: how many whole months of the calendar fit between two days."""
    if isinstance(node, exp.Anonymous) and node.name.lower() == "date_sub":
        unit, start, end = node.expressions
        assert unit.name == "month"
        return exp.func("timestampdiff", exp.var("MONTH"), start, end, dialect="spark")
    return node


def _exact_percentile(node: exp.Expr) -> exp.Expr:
    """`quantile_cont(x, p)`: Spark's percentile, which interpolates too."""
    if isinstance(node, exp.PercentileCont):
        return exp.func("percentile", node.this, node.expression, dialect="spark")
    return node


REWRITES = (
    _table_by_name,
    _typed_list,
    _replaced_column,
    _distinct_in_window,
    _whole_months,
    _exact_percentile,
)
