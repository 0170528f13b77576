-- One row per defendant in one case (weighted for the CPS), on the day the case was finalised.
select
    p.finalised_on as day, 'force' as source, p.force_name, p.area, coalesce(p.offence_class, p.offence_code) as offence_code,
    p.offence_code as offence_sent, o.offence_group, s.vawg_group,
    case when s.vawg_group is null then 'no' else 'yes' end as vawg,
    case when p.result in ('guilty plea', 'found guilty', 'proved in absence') then 'convicted'
        when p.result = 'acquitted' then 'acquitted' else 'other' end as verdict, 1 as weight
from prosecution as p
left join offence as o on o.offence_class = p.offence_class
left join vawg_scope as s on s.offence_class = p.offence_class
where p.finalised_on is not null and p.result <> 'open'
union all
select month, 'cps', force_name, null, null, null, offence_group, null, null, 'convicted', convicted
from cps_outcome
where force_name <> 'National' and convicted is not null
union all
select month, 'cps', force_name, null, null, null, offence_group, null, null, 'other', unsuccessful
from cps_outcome
where force_name <> 'National' and unsuccessful is not null
