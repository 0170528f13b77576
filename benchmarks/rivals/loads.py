"""Two ways to take in an export that do less than ours: DuckDB alone, and pandas alone."""

from pathlib import Path

import duckdb
import pandas as pd


def bare(file: Path, folder: Path, at: int) -> None:
    """The first rival."""
    with duckdb.connect(str(folder / f"bare{at}.duckdb")) as con:
        con.execute("create table t as select * from read_csv($file)", {"file": str(file)})


def stored(folder: Path, at: int) -> tuple[int, int]:
    """The rows and the columns that the first rival has stored."""
    with duckdb.connect(str(folder / f"bare{at}.duckdb"), read_only=True) as con:
        columns = con.execute("from t limit 0").description
        return int(con.execute("select count(*) from t").fetchall()[0][0]), len(columns or ())


def with_pandas(file: Path) -> int:
    """The second rival: the same checks, in memory, stored nowhere."""
    rows = pd.read_csv(file, dtype=str)
    recorded = pd.to_datetime(rows["recorded_on"], errors="coerce", format="%Y-%m-%d")
    outcome = pd.to_datetime(rows["outcome_on"], errors="coerce", format="%Y-%m-%d")
    age = pd.to_numeric(rows["victim_age"], errors="coerce")
    codes = {str(code) for code in range(23)}
    good = (
        rows["crime_reference"].notna()
        & recorded.notna()
        & (recorded <= pd.Timestamp.now())
        & ~(outcome < recorded)
        & (rows["outcome_code"].isna() | rows["outcome_code"].isin(codes))
        & ~(age > 120)
        & ~rows["crime_reference"].duplicated(keep=False)
    )
    return int(good.sum())
