-- One row per version of a cell of the Home Office table.
create table national_outcome_row (
    version_id bigint, thing ubigint, fingerprint ubigint,
    financial_year varchar, financial_quarter tinyint, quarter_start date, force_name varchar,
    offence_code varchar, offence_class varchar, offence_description varchar, offence_group varchar,
    offence_subgroup varchar, outcome_code varchar, outcome_description varchar, outcome_group varchar,
    recorded_count bigint, closed_count bigint
)
