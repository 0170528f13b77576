-- Of each column of days: are all that there are written year first? One scan for all of them.
select columns(*) from (
    select bool_and(is_year_first(columns(lambda c: list_contains($fields, c)))) from text_row
) as columns_of_days
