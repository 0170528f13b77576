-- One row per version of a referral of one person; person_id and perpetrator_id are keyed hashes of what was sent.
create table referral_row (
    version_id bigint, thing ubigint, fingerprint ubigint,
    referral_reference varchar, referred_on date, from_agency varchar, to_agency varchar, scheme varchar, person_role varchar,
    person_id varchar, crime_reference varchar, crime_thing ubigint, perpetrator_id varchar, children double, risk varchar,
    accepted varchar, first_contact_on date, decision varchar, closed_on date, closed_because varchar, sharing_agreement varchar,
    lawful_basis varchar, expires_on date, force_name varchar, area varchar, team varchar
)
