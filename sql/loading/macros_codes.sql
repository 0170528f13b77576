-- The small words for codes, labels and references; temporary, like those of words.sql, on which they rest.
-- a label without its case, spaces and punctuation: dialects of one label meet here
create or replace temp macro label_key(x) as regexp_replace(lower(x), '[^a-z0-9]+', '', 'g');
create or replace temp macro force_key(x) as
    regexp_replace(replace(label_key(replace(lower(x), '&', 'and')), 'the', ''), '(constabulary|policeservice|police)$', '');
create or replace temp macro subcode_key(x) as
    regexp_replace(regexp_replace(upper(regexp_replace(x, '\s+', '', 'g')), '^0+([0-9])', '\1'), '/0+([0-9])', '/\1');
-- a label has letters: "1.5" and "14/16" are not outcomes 15 and 1416
create or replace temp macro outcome_label_key(x) as case when regexp_matches(x, '[A-Za-z]{3}') then label_key(x) end;
create or replace temp macro offence_key(x) as
    case when length(x) < 20 and regexp_matches(x, '[0-9]') then subcode_key(x) else label_key(x) end;
-- letters of two alphabets in one word, or a character without width inside it: to a computer only, another place
create or replace temp macro look_alike(x) as
    strlen(x) <> length(x) and (regexp_matches(x, '\S\p{Cf}+\S')
    or regexp_matches(x, '[\p{Cyrillic}\p{Greek}\p{Armenian}\p{Cherokee}]') and regexp_matches(x, '[A-Za-z]'));
create or replace temp macro spaced(x) as regexp_replace(x, '([a-z])([A-Z])', '\1 \2', 'g');
-- a spreadsheet's number where a reference was: 1.23E+05 or 4.21e11; the .0 of a whole number is not part of it
create or replace temp macro is_mangled(x) as
    (contains(x, 'E') or contains(x, 'e')) and regexp_full_match(x, '-?[0-9]+[.,][0-9]*[eE][+-]?[0-9]+|-?[0-9]+[eE][+-][0-9]+')
    or (starts_with(x, '#') and is_fault_word(x))
    or length(x) < 9 and regexp_full_match(x, '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)-[0-9]{2,4}'
        || '|[0-9]{1,2}-(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)', 'i')
    or length(x) = 19 and regexp_full_match(x, '[0-9]{4}-[0-9]{2}-[0-9]{2} 00:00:00');
-- what stands where a reference should and is none: [REDACTED], ***, Grand Total
create or replace temp macro is_placeholder(x) as not (x >= '0' and x < ':') and not regexp_matches(x, '[0-9]')
    and (not regexp_matches(x, '[A-Za-z]')
    or contains('|REDACTED|UNKNOWN|TOTAL|GRANDTOTAL|TRUE|FALSE|XXX|XXXX|XXXXX|', '|' || upper(regexp_replace(x, '[^A-Za-z]', '',
        'g')) || '|'));
-- a status that may say that the record is no crime of this force, in whatever words
create or replace temp macro may_be_no_crime(x) as regexp_matches(x,
    'cancel|transfer|duplicat|error|\bvoid|delet|reject|\bremov|^\W*withdrawn|(crime|report|record) withdrawn'
    || '|reclass|unfound|supersed|merged|\b(no|non|not)[ -]*(an?[ -]+)?(crim|record|notifiable)', 'i');
-- an outcome that somebody has masked: [REDACTED], ***
create or replace temp macro is_masked(x) as not regexp_matches(x, '[\p{L}\p{N}]') or regexp_matches(x, 'redacted|^\s*x{3,}\s*$', 'i');
-- charged a day or two before the crime was recorded, as when a suspect is in custody first
create or replace temp macro is_charge_before(outcome_code, outcome_on, recorded_on) as
    coalesce(outcome_code in ('1', '1A') and outcome_on >= recorded_on - 2, false);
create or replace temp macro reference_of(x) as case
    when contains(x, '.0') and regexp_full_match(x, '\s*[0-9]{1,15}\.0\s*') then split_part(clean(x), '.', 1)
    when starts_with(x, '="') and regexp_full_match(clean(x), '="[A-Za-z0-9/ .-]+"') then regexp_extract(clean(x), '^="(.*)"$', 1)
    when starts_with(x, '''') then regexp_replace(clean(x), '^''([0-9])', '\1') else clean(x) end;
-- a reference whatever its case, spaces and punctuation: cp 07-124.24 is CP07/124/24; a mark between two digits stays one
create or replace temp macro folded_reference(x) as case
    when not contains(x, '//') and regexp_full_match(x, '[0-9/]*|[A-Z0-9]*') then x
    else trim(regexp_replace(regexp_replace(regexp_replace(upper(x), '[^\p{L}\p{N}]+', '/', 'g'), '/(\p{L})', '\1', 'g'),
        '(\p{L})/', '\1', 'g'), '/') end;
-- a yes or a no of little consequence: what is neither is not known
create or replace temp macro yes_no(x) as case when upper(clean(x)) in ('Y', 'YES', 'TRUE', 'T', '1') then true
    when upper(clean(x)) in ('N', 'NO', 'FALSE', 'F', '0', 'NONE') then false end;
-- the key of what a row names by its reference, as `thing` is the key of the named; null where it names none
create or replace temp macro thing_of(force_name, reference) as
    case when not is_blank(reference) then hash(force_name, folded_reference(clean(reference))) end;
