-- One row per referral, on the day it was made. Five working days after the first are seven days, nine where a weekend is met twice.
select
    referred_on as day, 'force' as source, force_name, area, team, replace(scheme, '_', ' ') as kind, scheme, from_agency,
    to_agency, person_role, person_id,
    perpetrator_id, coalesce(accepted, 'pending') as accepted, first_contact_on, risk, 1 as weight,
    referred_on + 7 as five_working_days_on,
    lower(from_agency) like '%police%' or lower(from_agency) like '%constabulary%' as is_from_police,
    case when accepted = 'unknown' then 1 else 0 end as is_not_known,
    coalesce(lag(referred_on) over (partition by force_name, scheme, person_id, perpetrator_id order by referred_on, thing)
        >= referred_on - 365, false) as is_repeat
from referral
