-- The one spelling of a name: the commonest of those that differ by case, spaces and invisible characters only; none for a cell that
-- says that nothing is there, such as #N/A.
create or replace temp macro canonical(name_field, x) as
    coalesce((select list(spelled) from work.spelling where field = name_field and sent = x), [x])[1]
