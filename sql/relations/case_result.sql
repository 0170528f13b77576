-- One row per defendant in one case (weighted for the CPS), on the day the case was finalised. A case takes the team and the scope
-- of its crime where it names one that counts; else the scope of its offence, as for a victim whose sex is not known and without a
-- domestic abuse flag.
select
    *, case when verdict = 'not known' then 1 else 0 end as is_not_known
from (
    select
        p.finalised_on as day, 'force' as source, p.force_name, p.area, c.team, coalesce(p.offence_class, p.offence_code) as offence_code,
        p.offence_code as offence_sent, o.offence_group,
        case when c.thing is not null then c.vawg_group when s.in_scope then s.vawg_group end as vawg_group,
        case when c.thing is not null and c.vawg_group is not null or c.thing is null and s.in_scope then 'yes' else 'no' end as vawg,
        case when p.result in ('guilty plea', 'found guilty', 'proved in absence') then 'convicted'
            when p.result = 'acquitted' then 'acquitted' when p.result = 'unknown' then 'not known' else 'other' end as verdict,
        p.result, p.plea, p.court, p.court_kind, p.charged_on, p.sentence_kind, p.sentence_months,
        1 as weight, c.thing is not null as is_linked
    from prosecution as p
    left join offence as o on o.offence_class = p.offence_class
    left join counted_crime as c on c.source = 'force' and c.thing = p.crime_thing
    left join scope_line as s on s.offence_class = p.offence_class and s.victim_sex = 'U'
        and (s.from_day is null or coalesce(p.charged_on, p.finalised_on) >= s.from_day)
        and (s.until_day is null or coalesce(p.charged_on, p.finalised_on) <= s.until_day)
    where p.finalised_on is not null and p.result <> 'open'
    union all
    select
        month, 'cps', force_name, null, null, null, null, offence_group, null, null, 'convicted', null, null, null, null, null, null, null,
        convicted, null
    from cps_outcome
    where force_name <> 'National' and convicted is not null
    union all
    select
        month, 'cps', force_name, null, null, null, null, offence_group, null, null, 'other', null, null, null, null, null, null, null,
        unsuccessful, null
    from cps_outcome
    where force_name <> 'National' and unsuccessful is not null
) as finalised
