-- One row per case that a conference took, on the day of its meeting: a victim and who harms them, once a meeting however many agencies
-- brought it. Again within twelve months: the same victim at an earlier meeting, with the same perpetrator where both are named.
with brought as (
    select * from (
        select *, row_number() over (
            partition by force_name, person_id, perpetrator_id, day
            order by case when is_from_police then 1 else 0 end, referral_key) as place
        from referral_made
        where scheme = 'marac' and person_role <> 'suspect' and accepted <> 'not_accepted'
    ) as ranked where place = 1
)
select
    b.day, b.source, b.force_name, b.area, b.team, b.kind, b.is_from_police, b.person_id,
    coalesce(bool_or(e.day >= b.day - 365), false) as is_repeat
from brought as b
left join brought as e on e.force_name = b.force_name and e.person_id = b.person_id and e.day < b.day
    and (e.perpetrator_id = b.perpetrator_id or e.perpetrator_id is null or b.perpetrator_id is null)
group by b.day, b.source, b.force_name, b.area, b.team, b.kind, b.is_from_police, b.person_id, b.perpetrator_id
