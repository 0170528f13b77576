-- One row per version of an answer in a dip sample.
create table dip_sample_answer_row (version_id bigint, thing ubigint, fingerprint ubigint,
    crime_reference varchar, sample_id varchar, question varchar, answer varchar, reviewer_kind varchar, reviewed_on date,
    force_name varchar)
