-- What the rows of a format without a query of its own are typed by. Temporary, like the small words, on which these rest.
create or replace temp macro word_of(list_name, x) as
    (select any_value(w.meaning) from word_lookup as w where w.field = list_name and w.sent = x);
create or replace temp macro is_word_unresolved(list_name, x) as
    not is_blank(x) and (select count(*) from word_lookup as w where w.field = list_name and w.sent = x) = 0;
create or replace temp macro is_word_listed(list_name, x) as is_blank(x) or word_of(list_name, x) is not null;
create or replace temp macro force_of(x) as (select any_value(f.force_name) from force_lookup as f where f.sent = force_key(x));
create or replace temp macro offence_of(x) as (select any_value(o.offence_class) from offence_lookup as o where o.sent = x);
create or replace temp macro is_offence_listed(x) as is_blank(x) or offence_of(x) is not null;
create or replace temp macro is_offence_unresolved(x) as
    x <> '' and (select count(*) from offence_lookup as o where o.sent = x) = 0;
create or replace temp macro number_of(x) as try_cast(regexp_replace(known(x), '[,£ ]', '', 'g') as double);
-- a day, or the first day of a month or of a quarter: 2026-03, March 2026, 2026 Q1 of the calendar, 2025/26 Q4
create or replace temp macro month_of(x, day_order) as coalesce(day_of(x, day_order), day_of('01 ' || clean(x), day_order),
    try_cast(clean(x) || '-01' as date), cast(try_strptime('01/' || clean(x), '%d/%m/%Y') as date),
    case when regexp_full_match(clean(x), '[12][0-9]{3}[ -]?Q[1-4]', 'i') then
        make_date(cast(left(clean(x), 4) as integer), 3 * cast(right(clean(x), 1) as integer) - 2, 1)
        when regexp_full_match(clean(x), '[12][0-9]{3}/[0-9]{2}[ -]?Q[1-3]', 'i') then
        make_date(cast(left(clean(x), 4) as integer), 3 * cast(right(clean(x), 1) as integer) + 1, 1)
        when regexp_full_match(clean(x), '[12][0-9]{3}/[0-9]{2}[ -]?Q4', 'i') then
        make_date(cast(left(clean(x), 4) as integer) + 1, 1, 1) end);
create or replace temp macro flag_of(x) as try_cast(word_of('flag', x) as boolean);
-- a day that cannot be read, or is before any record system of today
create or replace temp macro is_day_lost(x, d) as d is null and not is_no_day(x) or coalesce(d < date '1990-01-01', false);
create or replace temp macro is_number_lost(x, n) as n is null and not is_blank(x) or coalesce(n < 0, false);
create or replace temp macro is_after(d, last) as coalesce(d > last, false);
create or replace temp macro is_missing(x) as x is null;
create or replace temp macro is_present(x) as x is not null;
create or replace temp macro is_spoiled(x) as coalesce(is_mangled(x), false);
create or replace temp macro is_person_spoiled(x) as coalesce(is_mangled_person(x), false);
create or replace temp macro is_not(x) as not x;
create or replace temp macro is_any(conditions) as list_contains(conditions, true);
create or replace temp macro sent_text(x) as cast(to_json(x) as varchar);
create or replace temp macro joined_words(words) as nullif(array_to_string(list_filter(words, lambda w: w is not null), '|'), '');
