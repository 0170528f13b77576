-- Financial years and quarters as tables print them; and the names under which totals stand among their parts. Temporary, like words.sql.
-- the year in which a financial year begins: 2017/18, 17-18, April 2017 to March 2018, year ending March 2018; a bare 2018 is either
create or replace temp macro first_year(x) as try_cast(case
    when regexp_matches(x, '^\s*(fy\s*)?[12][0-9]{3}\s*[^0-9\s]', 'i') then regexp_extract(x, '[12][0-9]{3}')
    when regexp_full_match(x, '\s*(fy\s*)?[0-9]{2}\s*[-/–_]\s*[0-9]{2}\s*', 'i') then
        case when regexp_extract(x, '[0-9]{2}') > '80' then '19' else '20' end || regexp_extract(x, '[0-9]{2}')
    when regexp_matches(x, 'apr[a-z]*\s+[12][0-9]{3}\s*(to|-|–)\s*mar[a-z]*\s+[12][0-9]{3}', 'i') then regexp_extract(x, '[12][0-9]{3}')
    when regexp_matches(x, '(year|months|ye|fye)\s*(ending|ended|to|end)?\s*(the\s*)?(31(st)?\s*)?mar[a-z]*\s+[12][0-9]{3}', 'i') then
        cast(cast(regexp_extract(x, '([12][0-9]{3})\s*$', 1) as integer) - 1 as varchar) end as integer);
create or replace temp macro is_bare_year(x) as regexp_full_match(clean(x), '(fy\s*)?[12][0-9]{3}(\.0)?', 'i');
create or replace temp macro quarter_of(x) as case
    when regexp_full_match(x, '\s*[1-4](\.0+)?\s*') then cast(left(trim(x), 1) as integer)
    when regexp_matches(x, '^\s*(fin[a-z]*\s*)?(quarter|qtr|q)[\s:.-]*[1-4]([^0-9]|$)', 'i') then cast(regexp_extract(x,
        '[1-4]') as integer)
    when regexp_matches(x, '^\s*(1st|first|2nd|second|3rd|third|4th|fourth)\s*(quarter|qtr|q)?\s*$', 'i') then
        case lower(left(trim(x), 2)) when '1s' then 1 when 'fi' then 1 when '2n' then 2 when 'se' then 2 when '3r' then 3
            when 'th' then 3 else 4 end
    when regexp_matches(x, 'apr[a-z]*[^a-z]+(to[^a-z]+|may[^a-z]+)?jun', 'i') then 1
    when regexp_matches(x, 'jul[a-z]*[^a-z]+(to[^a-z]+|aug[a-z]*[^a-z]+)?sep', 'i') then 2
    when regexp_matches(x, 'oct[a-z]*[^a-z]+(to[^a-z]+|nov[a-z]*[^a-z]+)?dec', 'i') then 3
    when regexp_matches(x, 'jan[a-z]*[^a-z]+(to[^a-z]+|feb[a-z]*[^a-z]+)?mar', 'i') then 4 end;
-- England and Wales, a region, or all: its forces stand in the table too
create or replace temp macro is_total_area(x) as
    starts_with(label_key(x), 'englandandwales') or starts_with(label_key(x), 'englandwales')
    or contains('|england|wales|uk|unitedkingdom|greatbritain|total|totals|all|allforces|allareas|grandtotal|national|nationaltotal'
        || '|forcestotal|totalallforces|northeast|northwest|yorkshireandthehumber|yorkshireandhumber|yorkshirehumber|eastmidlands'
        || '|eastofengland|eastern|east|london|southeast|southwest|',
        '|' || regexp_replace(label_key(x), '^(.+?)(?:region|england)$', '\1') || '|')
    or regexp_matches(x, '\bregion\b|\btotal\b', 'i');
create or replace temp macro is_total_offence(x) as contains(
    '|total|totals|all|alloffences|allcrime|allcrimes|totaloffences|totalcrime|totalrecordedcrime|grandtotal|',
    '|' || label_key(x) || '|');
