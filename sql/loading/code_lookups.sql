-- What a sent code or label means. A code is found as it stands, a label by its key; $code maps are added by the loader.
create or replace temp table outcome_lookup as
select sent, any_value(outcome_code) as outcome_code, false as is_blank from (
    select outcome_code as sent, outcome_code from outcome
    union all
    select label_key(label), outcome_code from outcome_label
    union all
    select label, outcome_code from outcome_label
    union all
    select sent, meaning from value_label where list = 'crime_status'
) as words where sent is not null group by sent;
create or replace temp table offence_lookup as
select sent, any_value(offence_class) as offence_class, false as is_blank from (
    select offence_class as sent, offence_class from offence
    union all
    select subcode_key(offence_class), offence_class from offence
    union all
    select offence_key(label), offence_class from offence_label
    union all
    select label_key(label), offence_class from offence_label
    union all
    select label, offence_class from offence_label
) as words group by sent;
create or replace temp table force_lookup as
select force_key(label) as sent, any_value(force_name) as force_name, true as is_known from force_label group by all;
create or replace temp table word_lookup as
select list as field, sent, meaning, false as is_blank from value_label where list_contains($lists, list);
