-- The small words of every conform query. Temporary: they belong to the writer's connection, not to the snapshot.
create or replace temp macro clean(x) as nullif(case when strlen(x) = length(x) then trim(x, ' ' || chr(9) || chr(13) || chr(10))
    else regexp_replace(x, '^[\s\p{Z}\p{Cf}]+|[\s\p{Z}\p{Cf}]+$', '', 'g') end, '');
-- a cell that says "nothing here"; written once, for DuckDB computes what stands twice in a CASE for every row
create or replace temp macro is_blank(x) as x is null or x = '' or contains(
    '||NULL|N/A|NA|-|--|–|—|NONE|NIL|(BLANK)|NAN|NAT|', '|' || upper(coalesce(clean(x), '')) || '|');
create or replace temp macro is_fault_word(x) as
    contains('|#N/A|#REF!|#VALUE!|#NAME?|#DIV/0!|#NULL!|#NUM!|', '|' || upper(coalesce(clean(x), '')) || '|');
create or replace temp macro known(x) as case when not is_blank(x) then clean(x) end;
create or replace temp macro optional(x) as case when not is_blank(x) and not is_fault_word(x) then clean(x) end;
create or replace temp macro day_part(x) as
    translate(regexp_replace(clean(x), '[T ]+[0-9]{1,2}:[0-9]{2}.*$', ''), './ ', '---');
create or replace temp macro day_shape(p) as case
    when regexp_full_match(p, '[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}') then 'iso'
    when regexp_full_match(p, '[0-9]{1,2}-[0-9]{1,2}-[0-9]{4}') then 'slash'
    when regexp_full_match(p, '[0-9]{1,2}-[0-9]{1,2}-[0-9]{2}') then 'short'
    when regexp_full_match(p, '[0-9]{1,2}-?[A-Za-z]{3,9}-?[0-9]{4}') then 'named'
    when regexp_full_match(p, '[0-9]{1,2}-?[A-Za-z]{3,9}-?[0-9]{2}') then 'named_short'
    when regexp_full_match(p, '(19|20)[0-9]{6}') then 'run'
    when regexp_full_match(p, '(3[3-9]|[4-6][0-9])[0-9]{3}(-[0-9]+)?') then 'serial' end;
create or replace temp macro shaped_day(p, shape, day_order) as case
    when shape = 'iso' then try_cast(p as date)
    when shape = 'slash' and day_order = 'mdy' then cast(try_strptime(p, '%m-%d-%Y') as date)
    when shape = 'slash' then cast(try_strptime(p, '%d-%m-%Y') as date)
    when shape = 'short' and day_order = 'mdy' then cast(try_strptime(p, '%m-%d-%y') as date)
    when shape = 'short' then cast(try_strptime(p, '%d-%m-%y') as date)
    when shape = 'named' then cast(try_strptime(replace(p, '-', ''), ['%d%b%Y', '%d%B%Y']) as date)
    when shape = 'named_short' then cast(try_strptime(replace(p, '-', ''), ['%d%b%y', '%d%B%y']) as date)
    when shape = 'run' then cast(try_strptime(p, '%Y%m%d') as date)
    when shape = 'serial' then date '1899-12-30' + cast(substr(p, 1, 5) as integer) end;
create or replace temp macro is_year_first(x) as x is null or x = '' or (length(x) >= 8 and substr(x, 5, 1) = '-' and substr(x, 2, 1) <> '-' and substr(x, 3, 1) <> '-'
    and substr(x, 6, 2) <= '12');
-- The day as written: no zone is applied, so that no row moves where its neighbour does not.
create or replace temp macro day_of(x, day_order) as case
    when length(x) = 10 and substr(x, 5, 1) = '-' and substr(x, 8, 1) = '-' then try_cast(x as date)
    when x is null or x = '' then null
    else shaped_day(day_part(x), day_shape(day_part(x)), day_order) end;
create or replace temp macro whole(x) as try_cast(case
    when regexp_full_match(x, '-?[0-9]+') then x
    when regexp_full_match(x, '\s*-?[0-9]{1,3}(,[0-9]{3})+\s*') then replace(x, ',', '')
    when regexp_full_match(x, '\s*-?[0-9]+(\.0+)?\s*') then split_part(x, '.', 1) end as bigint);
create or replace temp macro age_in(x) as
    try_cast(case when regexp_full_match(x, '\s*-?[0-9]+(\.0+)?\s*') then split_part(x, '.', 1) end as integer);
