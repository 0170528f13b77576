"""Contents of the meetings: which measures each of them looks at, said once for pages and packs."""

QUARTERLY_CHARTS = (
    "charged_within_90",
    "outcome_15_rate",
    "outcome_16_rate",
    "conviction_rate_court",
)
