-- What the rows of a format without a query of its own are typed by. Temporary, like the small words, on which these rest.
-- what a list has of a cell, and how often: a word that it has without a meaning is not known, one that it has not is not looked up yet
create or replace temp macro word_found(list_name, x) as (
    select struct_pack(meaning := any_value(w.meaning), entries := count(*)) from word_lookup as w
    where w.field = list_name and w.sent = x);
create or replace temp macro offence_found(x) as (
    select struct_pack(meaning := any_value(o.offence_class), entries := count(*)) from offence_lookup as o where o.sent = x);
create or replace temp macro meaning_found(found) as found.meaning;
create or replace temp macro flag_found(found) as try_cast(found.meaning as boolean);
create or replace temp macro is_unlisted(x, found) as not is_blank(x) and found.meaning is null;
create or replace temp macro is_unresolved(x, found) as not is_blank(x) and found.entries = 0;
create or replace temp macro force_of(x) as (select any_value(f.force_name) from force_lookup as f where f.sent = force_key(x));
-- every day that a row has, and every text that a spreadsheet may have spoiled, read by one lambda: written out one by one their binding
-- takes seconds
create or replace temp macro days_of(cells, day_order) as list_transform(cells, lambda x: day_of(x, day_order));
create or replace temp macro spoiled_of(cells) as list_transform(cells, lambda x: coalesce(is_mangled(x), false));
-- a number; kept as none where it is not one that can be: infinite, below nought, or a part of what is counted whole
create or replace temp macro plain_number(x) as try_cast(regexp_replace(known(x), '[,£ ]', '', 'g') as double);
create or replace temp macro number_of(x, is_count) as case
    when plain_number(x) between 0 and 1000000000000 and (not is_count or plain_number(x) = floor(plain_number(x)))
        then plain_number(x) end;
-- a day, or the first day of a month or of a quarter: 2026-03, March 2026, 2026 Q1 of the calendar, 2025/26 Q4
create or replace temp macro quarter_day(p) as case
    when regexp_full_match(p, '([12][0-9]{3}[/-]([12][0-9])?[0-9]{2}[ -]?Q[1-4]|Q[1-4][ -]?[12][0-9]{3}[/-]([12][0-9])?[0-9]{2})', 'i') then
        cast(make_date(cast(regexp_extract(p, '[12][0-9]{3}') as integer), 4, 1)
            + to_months(3 * cast(regexp_extract(upper(p), 'Q([1-4])', 1) as integer) - 3) as date)
    when regexp_full_match(p, '([12][0-9]{3}[ -]?Q[1-4]|Q[1-4][ -]?[12][0-9]{3})', 'i') then
        make_date(cast(regexp_extract(p, '[12][0-9]{3}') as integer),
            3 * cast(regexp_extract(upper(p), 'Q([1-4])', 1) as integer) - 2, 1)
    when regexp_full_match(p, '[a-z]{3,9} ?(-|to) ?[a-z]{3,9} [12][0-9]{3}', 'i') then
        cast(try_strptime('01 ' || left(p, 3) || ' ' || right(p, 4), '%d %b %Y') as date) end;
create or replace temp macro month_of(x, day_order) as list_transform([clean(x)], lambda p: coalesce(try_cast(p || '-01' as date),
    cast(try_strptime('01 ' || p, ['%d %b %Y', '%d %B %Y', '%d %m/%Y', '%d %b-%y']) as date), quarter_day(p), day_of(p, day_order)))[1];
-- a day that cannot be read, or is before any record system of today
create or replace temp macro is_day_lost(x, d) as d is null and not is_no_day(x) or coalesce(d < date '1990-01-01', false);
create or replace temp macro is_number_lost(x, n) as n is null and not is_blank(x);
create or replace temp macro is_after(d, last) as coalesce(d > last, false);
create or replace temp macro is_missing(x) as x is null;
create or replace temp macro is_present(x) as x is not null;
create or replace temp macro is_person_spoiled(x) as coalesce(is_mangled_person(x), false);
create or replace temp macro is_not(x) as not x;
create or replace temp macro is_any(conditions) as list_contains(conditions, true);
create or replace temp macro sent_text(x) as cast(to_json(x) as varchar);
create or replace temp macro joined_words(words) as nullif(array_to_string(list_filter(words, lambda w: w is not null), '|'), '');
