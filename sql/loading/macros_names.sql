-- The one spelling of a name: the commonest of those that differ by case, spaces and invisible characters only.
create or replace temp macro canonical(name_field, x) as
    coalesce((select any_value(spelled) from work.spelling where field = name_field and sent = x), x)
