"""Named SQL: a query is a file, its name is its name, its values are bound.

The ground floor. Nothing here knows a metric, a page or an export; everything else may call it.
"""

from functools import cache
from pathlib import Path
from typing import Any

import duckdb

Connection = duckdb.DuckDBPyConnection
Expression = duckdb.Expression
Relation = duckdb.DuckDBPyRelation
column = duckdb.ColumnExpression
constant = duckdb.ConstantExpression
function = duckdb.FunctionExpression
coalesce = duckdb.CoalesceOperator
case = duckdb.CaseExpression

FOLDER = Path(__file__).parent


class UnknownQuery(LookupError):
    """There is no `.sql` file of that name."""


@cache
def text(name: str) -> str:
    """The text of `sql/<name>.sql`; raises UnknownQuery where there is none."""
    path = FOLDER / f"{name}.sql"
    if not path.is_file():
        raise UnknownQuery(f"There is no query {name}.sql")
    return path.read_text(encoding="utf-8")


def names(folder: str) -> list[str]:
    """The queries of one folder of `sql/`, without their ending, in order."""
    return sorted(path.stem for path in (FOLDER / folder).glob("*.sql"))


def run(con: Connection, query: str, /, **values: object) -> Connection:
    """Run `sql/<query>.sql` with `values` bound by name; read the result to its end."""
    return con.execute(text(query), values or None)


def rows(con: Connection, query: str, /, **values: object) -> list[dict[str, Any]]:
    """The rows of `sql/<query>.sql`, each as a dictionary of column to value."""
    result = run(con, query, **values)
    names_of_columns = [column[0] for column in result.description or ()]
    return [dict(zip(names_of_columns, row, strict=True)) for row in result.fetchall()]
