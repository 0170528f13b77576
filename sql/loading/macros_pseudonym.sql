-- A person's id is not kept: what stands for it is its hash under the store's key, nested as in an HMAC. The key is bound to the
-- connection and stands in no text. The same id is the same pseudonym in every field and export; a mangled one stays known as such.
create or replace temp macro keyed_hash(x, key) as left(sha256(key || encode(sha256(key || encode(x)))), 32);
create or replace temp macro is_pseudonym(x) as
    (starts_with(x, 'p-') or starts_with(x, 'mangled-')) and regexp_full_match(x, '(p|mangled)-[0-9a-f]{32}');
-- what says "nothing here" or is a spreadsheet's fault is no id; a pseudonym of ours, from rows that are loaded again, is not hashed twice
create or replace temp macro pseudonym(x) as case
    when is_blank(x) or (contains(x, '#') and is_fault_word(x)) or is_pseudonym(x) then x
    when (contains(x, 'E') or contains(x, 'e')) and is_mangled(clean(x)) then 'mangled-' || keyed_hash(clean(x), getvariable('person_key'))
    else 'p-' || keyed_hash(clean(x), getvariable('person_key')) end;
create or replace temp macro is_mangled_person(x) as starts_with(x, 'mangled-') or is_fault_word(x);
