-- The crimes whose outcome 15 or 16 was assigned in a span, each with its stratum: what a dip sample is drawn from.
select
    crime_reference, outcome_code, coalesce(area, 'not known') as area, coalesce(domestic_abuse, false) as domestic_abuse,
    concat('outcome ', outcome_code, ', ', case when domestic_abuse then 'domestic abuse' else 'other' end, ', ',
        coalesce(area, 'not known')) as stratum
from counted_crime
where source = 'force' and is_assigned and outcome_code in ('15', '16') and vawg_group is not null
    and outcome_on >= $from_day and outcome_on < $to_day
order by stratum, crime_reference
