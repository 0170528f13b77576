-- One row per version of how many of one group gave one answer to one question in one wave.
create table survey_row (
    version_id bigint, thing ubigint, fingerprint ubigint,
    wave date, survey_group varchar, question varchar, answer_code varchar, responses double, sampled double, ineligible double,
    contacted double, refused double, unsafe_to_contact double, mode varchar, by_whom varchar, weeks_since_contact double,
    sex varchar, age_band varchar, ethnicity_group varchar, force_name varchar, area varchar
)
