"""How the rows of a file are typed: what is hashed of a join."""

from pathlib import Path

import duckdb

from loaders.typed_rows import _joins_as_written

JOIN = "explain select * from read_csv('{}') as t left join lookup as l on l.sent = t.cell"


def test_a_join_hashes_the_lookup_and_never_the_file(tmp_path: Path) -> None:
    """DuckDB would hash the file, which it takes for the smaller: a right join in its plan."""
    file = tmp_path / "rows.csv"
    file.write_text("cell\n" + "a\nb\n" * 50, encoding="utf-8")
    with duckdb.connect() as con:
        con.execute("create table lookup as select i::varchar as sent from range(900) as r(i)")

        def plan() -> str:
            return str(con.execute(JOIN.format(file)).fetchall()[0][1])

        assert "RIGHT" in plan(), "else there is nothing to mend any more"
        with _joins_as_written(con):
            assert "LEFT" in plan() and "RIGHT" not in plan()
        assert "RIGHT" in plan(), "every other query is planned as ever"
