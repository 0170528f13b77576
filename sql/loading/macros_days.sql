-- How a day is read, whatever it looks like. Temporary, like the small words of words.sql, on which they rest.
create or replace temp macro day_part(x) as
    translate(regexp_replace(clean(x), '[T ]+[0-9]{1,2}:[0-9]{2}.*$', ''), './ ', '---');
create or replace temp macro day_shape(p) as case
    when regexp_full_match(p, '[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}') then 'iso'
    when regexp_full_match(p, '[0-9]{1,2}-[0-9]{1,2}-[0-9]{4}') then 'slash'
    when regexp_full_match(p, '[0-9]{1,2}-[0-9]{1,2}-[0-9]{2}') then 'short'
    when regexp_full_match(p, '[0-9]{1,2}-?[A-Za-z]{3,9}-?[0-9]{4}') then 'named'
    when regexp_full_match(p, '[0-9]{1,2}-?[A-Za-z]{3,9}-?[0-9]{2}') then 'named_short'
    when regexp_full_match(p, '(19|20)[0-9]{6}') then 'run'
    when regexp_full_match(p, '(3[3-9]|[4-6][0-9])[0-9]{3}(-[0-9]+)?') then 'serial'
    when regexp_full_match(p, '(19|20)[0-9]{2}-[0-3][0-9]{2}') then 'ordinal' end;
create or replace temp macro shaped_day(p, shape, day_order) as case
    when shape = 'iso' then try_cast(p as date)
    when shape = 'slash' and day_order = 'mdy' then cast(try_strptime(p, '%m-%d-%Y') as date)
    when shape = 'slash' then cast(try_strptime(p, '%d-%m-%Y') as date)
    when shape = 'short' and day_order = 'mdy' then cast(try_strptime(p, '%m-%d-%y') as date)
    when shape = 'short' then cast(try_strptime(p, '%d-%m-%y') as date)
    when shape = 'named' then cast(try_strptime(replace(p, '-', ''), ['%d%b%Y', '%d%B%Y']) as date)
    when shape = 'named_short' then cast(try_strptime(replace(p, '-', ''), ['%d%b%y', '%d%B%y']) as date)
    when shape = 'run' then cast(try_strptime(p, '%Y%m%d') as date)
    when shape = 'ordinal' then cast(try_strptime(p, '%Y-%j') as date)
    when shape = 'serial' then date '1899-12-30' + cast(substr(p, 1, 5) as integer) end;
-- A day in words, made into one of the shapes above: no-break spaces, the day of the week, 1st, the time in any form.
create or replace temp macro tidy_day(x) as regexp_replace(regexp_replace(regexp_replace(
    regexp_replace(trim(regexp_replace(x, '[\s\p{Z}\p{Cf}]+', ' ', 'g')),
        '^(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?[.,]? ', '', 'i'),
    '^([a-z]{3}) ([0-9]{1,2}) [0-9:]{8} [a-z]{3,4} ([0-9]{4})$', '\2 \1 \3', 'i'),
    '(T| at |[T,]? |(-[0-9]{2}-[0-9]{2})-)[0-9]{1,2}[.:h][0-9]{2}([.: ].*|[ap]m)?$', '\2', 'i'),
        '^([0-9]{8})T?[0-9]{4}([0-9]{2})?([.Z+].*)?$', '\1');
create or replace temp macro odd_part(x) as regexp_replace(regexp_replace(regexp_replace(regexp_replace(
    regexp_replace(tidy_day(x), '\b([0-9]{1,2})(st|nd|rd|th)( of)?\b', '\1', 'i'), '[ ,./-]+', '-', 'g'),
    '^([a-z]{3,9})-?([0-9]{1,2})-([0-9]{4})$', '\2-\1-\3', 'i'), '^([0-9]{4})-?([a-z]{3,9})-?([0-9]{1,2})$', '\3-\2-\1', 'i'),
        'sept-', 'sep-', 'i');
create or replace temp macro known_part(x) as case when day_shape(day_part(x)) is not null then day_part(x) else odd_part(x) end;
create or replace temp macro is_year_first(x) as x is null or x = '' or (length(x) >= 8
    and substr(x, 5, 1) = '-' and substr(x, 2, 1) <> '-' and substr(x, 3, 1) <> '-'
    and substr(x, 6, 2) <= '12');
-- What systems write where there is no day: the first or last day that they know, or the zero of a spreadsheet.
create or replace temp macro is_null_day(d) as d >= date '2900-01-01' or d in (date '0001-01-01', date '0001-01-03', date '1111-11-11',
    date '1753-01-01', date '1800-01-01', date '1899-12-30', date '1899-12-31', date '1900-01-01', date '1901-01-01', date '1969-12-31',
    date '1970-01-01', date '2099-12-31');
create or replace temp macro is_no_day(x) as is_blank(x) or regexp_full_match(clean(x),
    '(0+[-/. ]?)+(00:00(:00)?(\.0+)?)?|0?0[-/. ](0?1|jan)[-/. ](19)?00( .*)?|1900-01-00( .*)?|9+[-/. ]?9+[-/. ]?9+'
    || '|9{4}1231|1(900|970)0101|2958465(\.0+)?', 'i')
    or regexp_matches(x, '(^|[^0-9])(0001|1111|1753|1800|1899|190[01]|1969|1970|2099|29[0-9]{2}|[3-9][0-9]{3})([^0-9]|$)');
-- The day as written: no zone is applied, so that no row moves where its neighbour does not. What is long stands in a lambda, for a
-- macro is written out wherever its parameter stands: without them a day is some four hundred regular expressions to bind.
create or replace temp macro part_day(part, day_order) as list_transform([part],
    lambda p: list_transform([day_shape(p)], lambda s: shaped_day(p, s, day_order))[1])[1];
create or replace temp macro day_of(x, day_order) as case
    when x is null or x = '' then null
    when length(x) = 10 and substr(x, 5, 1) = '-' and substr(x, 8, 1) = '-' then case
        when x > '1970-01-01' and x < '2099-12-31' then try_cast(x as date)
        when x < '2900' and not contains('|1900-01-01|1970-01-01|1753-01-01|1899-12-30|1899-12-31|1901-01-01|1969-12-31|2099-12-31'
            || '|0001-01-01|1800-01-01|', x) then try_cast(x as date) end
    else list_filter([coalesce(part_day(day_part(x), day_order), part_day(odd_part(x), day_order))],
        lambda d: not is_null_day(d))[1] end;
-- An order without an end, or with a length where its end should be: there is no day of expiry, and the order stands all the same.
create or replace temp macro is_without_end(x) as regexp_matches(x,
    'further (order|notice)|indefinit|no (end|expir|fixed)|never|permanent|(for )?life|open|ongoing|unlimited'
    || '|^\W*(\d+|one|two|three|four|five|ten) ?(y(ea)?rs?|m(on)?ths?|weeks?|days?)', 'i');
