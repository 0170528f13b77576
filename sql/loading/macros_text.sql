-- The small words of every conform query. Temporary: they belong to the writer's connection, not to the snapshot.
create or replace temp macro clean(x) as nullif(case when strlen(x) = length(x) then trim(x, ' ' || chr(9) || chr(13) || chr(10))
    else regexp_replace(x, '^[\s\p{Z}\p{Cf}]+|[\s\p{Z}\p{Cf}]+$', '', 'g') end, '');
-- a cell that says "nothing here"; written once, for DuckDB computes what stands twice in a CASE for every row
create or replace temp macro is_blank(x) as x is null or x = '' or contains(
    '||NULL|(NULL)|<NULL>|[NULL]|\N|N/A|N.A.|NA|<NA>|-|--|–|—|.|..|...|…|NONE|NIL|(BLANK)|NAN|NAT|', '|'
        || upper(coalesce(clean(x), '')) || '|');
create or replace temp macro is_fault_word(x) as
    contains('|#N/A|#REF!|#VALUE!|#NAME?|#DIV/0!|#NULL!|#NUM!|', '|' || upper(coalesce(clean(x), '')) || '|');
create or replace temp macro known(x) as case when not is_blank(x) then clean(x) end;
create or replace temp macro optional(x) as case when not is_blank(x) and not is_fault_word(x) then clean(x) end;
-- A count as tables of statistics print it: 1,204 or 1 204 or 1,204 [r]; a marker in its place, [x] or .. or :, is no count.
create or replace temp macro unmarked(x) as trim(regexp_replace(regexp_replace(replace(clean(x), '−', '-'),
    '\s*(\[[a-z]{1,4}( ?[0-9]+)?\]|\((r|p|e|f|b|u|revised|provisional)\))\s*', '', 'gi'), '^(.*[0-9]) ?[rpe*†‡]$', '\1', 'i'));
create or replace temp macro is_not_supplied(x) as is_blank(x) or unmarked(x) = '' or regexp_full_match(x,
    '\s*([:*~^]+|z|x|c|u|w|low|ns|s|n/k|n/c'
    || '|not (available|applicable|supplied|known|provided|recorded)|missing|suppressed|confidential)\s*', 'i');
create or replace temp macro whole(x) as try_cast(case
    when regexp_full_match(x, '-?[0-9]+') then x
    when regexp_full_match(x, '\s*-?[0-9]{1,3}(,[0-9]{3})+\s*') then replace(x, ',', '')
    when regexp_full_match(x, '\s*-?[0-9]+(\.0+)?\s*') then split_part(x, '.', 1)
    when regexp_full_match(unmarked(x), '-?[0-9]{1,3}([, \x{A0}\x{202F}][0-9]{3})+|-?[0-9]+(\.0+)?') then
        split_part(regexp_replace(unmarked(x), '[, \x{A0}\x{202F}]', '', 'g'), '.', 1) end as bigint);
create or replace temp macro age_in(x) as
    try_cast(case when regexp_full_match(x, '\s*-?[0-9]+(\.0+)?\s*') then split_part(x, '.', 1) end as integer);
