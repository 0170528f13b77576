"""A million invented crimes as one export, for the benchmarks."""

import csv
from pathlib import Path

import numpy as np

from loaders import sample_data

HEADS = [
    "crime_reference",
    "recorded_on",
    "offence_code",
    "offence_description",
    "area",
    "team",
    "outcome_code",
    "outcome_on",
    "victim_sex",
    "victim_age",
    "victim_ethnicity",
    "domestic_abuse",
]


def write(path: Path, rows: int = 1_000_000, seed: int = 1, first: str = "2022-01-01") -> Path:
    """Write `rows` crimes without person ids to `path`, recorded from the day `first` on."""
    random = np.random.default_rng(seed)
    recorded = np.datetime64(first) + random.integers(0, 1400, rows).astype("timedelta64[D]")
    outcome_days = recorded + random.integers(0, 200, rows).astype("timedelta64[D]")
    offence = random.integers(0, len(sample_data.OFFENCES), rows)
    codes = ["1", "14", "15", "16", "18", "8", "10", "21", ""]
    outcome = random.integers(0, len(codes), rows)
    areas, ethnicities = list(sample_data.AREAS), ["W1", "A2", "B1", "NS"]
    picks = {
        name: random.integers(0, size, rows)
        for name, size in (("area", 4), ("team", 4), ("sex", 3), ("age", 75), ("eth", 4), ("da", 2))
    }
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(HEADS)
        for at in range(rows):
            code = codes[outcome[at]]
            out.writerow(
                [
                    f"07/{at:07d}/{22 + at % 4}",
                    recorded[at],
                    sample_data.OFFENCES[offence[at]][0],
                    sample_data.OFFENCES[offence[at]][1],
                    areas[picks["area"][at]],
                    sample_data.TEAMS[picks["team"][at]],
                    code,
                    outcome_days[at] if code else "",
                    "FMU"[picks["sex"][at]],
                    16 + picks["age"][at],
                    ethnicities[picks["eth"][at]],
                    "YN"[picks["da"][at]],
                ]
            )
    return path
