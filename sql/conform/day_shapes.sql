-- How the days of one column are written, and whether one of them says which number is the day. Years of two digits that
-- seem to stand first, as in 24-07-05: the last number varies more than the first, which is never above this year's.
select
    count(*) filter (shape in ('slash', 'short')) as slashed,
    count(*) filter (shape in ('slash', 'short') and first_number > 12) as day_first,
    count(*) filter (shape in ('slash', 'short') and second_number > 12) as month_first,
    coalesce(count(distinct third_number) filter (shape = 'short') > count(distinct first_number) filter (shape = 'short')
        and max(first_number) filter (shape = 'short') <= year($received_on) % 100, false) as is_year_first
from (
    select
        day_shape(part) as shape, try_cast(split_part(part, '-', 1) as integer) as first_number,
        try_cast(split_part(part, '-', 2) as integer) as second_number, try_cast(split_part(part, '-', 3) as integer) as third_number
    from (select day_part(sent) as part from (select distinct columns(lambda c: c = $field) as sent from text_row))
)
