-- One row per version of a crime that was drawn into a dip sample.
create table dip_sample_row (version_id bigint, thing ubigint, fingerprint ubigint,
    crime_reference varchar, sample_id varchar, stratum varchar, stratum_size integer, seed varchar, drawn_on date, sampled_month date,
    force_name varchar)
