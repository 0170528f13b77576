-- How the days of one column are written, and whether one of them says which number is the day. Years of two digits that
-- seem to stand first, as in 24-07-05: the last number varies more than the first. And 2024-13-03, with the day second.
select
    count(*) filter (shape in ('slash', 'short')) as slashed,
    count(*) filter (shape in ('slash', 'short') and first_number > 12) as day_first,
    count(*) filter (shape in ('slash', 'short') and second_number > 12) as month_first,
    count(distinct third_number) filter (shape = 'short') > count(distinct first_number) filter (shape = 'short') as is_year_first,
    count(*) filter (shape = 'iso' and second_number > 12) > 2 and count(*) filter (shape = 'iso' and third_number > 12) = 0
        as is_day_second,
    -- days that a spreadsheet took for its own, none beyond 12, beside days that it left as text, all beyond
    count(*) filter (shape = 'iso') > 0 and count(*) filter (shape in ('slash', 'short')) > 0
        and count(*) filter (shape in ('iso', 'slash', 'short')) > 2
        and count(*) filter (shape = 'iso' and third_number > 12) = 0
        and count(*) filter (shape in ('slash', 'short') and greatest(first_number, second_number) <= 12) = 0 as is_swapped
from (
    select
        is_none, day_shape(part) as shape, try_cast(split_part(part, '-', 1) as integer) as first_number,
        try_cast(split_part(part, '-', 2) as integer) as second_number, try_cast(split_part(part, '-', 3) as integer) as third_number
    from (
        select known_part(sent) as part, is_no_day(sent) as is_none
        from (select distinct columns(lambda c: c = $field) as sent from text_row) as cells
    ) as parts
) as shapes
-- a day that means none is no day to ask about, and still says which number is the day where it can: 31/12/9999
where not is_none or first_number between 13 and 31 and second_number between 1 and 12
    or second_number between 13 and 31 and first_number between 1 and 12
