-- One row per referral, on the day it was made. Five working days after the first are seven days, nine where a weekend is met twice.
select
    referred_on as day, 'force' as source, force_name, area, team, replace(scheme, '_', ' ') as kind, scheme, from_agency,
    to_agency, person_role, person_id,
    perpetrator_id, coalesce(accepted, 'pending') as accepted, first_contact_on, risk, 1 as weight,
    referred_on + 7 as five_working_days_on,
    regexp_matches(lower(from_agency), '(^|[^a-z])(police|constabulary|ppu|vpu|cid|hru|harm reduction unit)([^a-z]|$)')
    and not regexp_matches(lower(from_agency), 'non.?police|commissioner') as is_from_police,
    case when accepted = 'unknown' then 1 else 0 end as is_not_known, thing as referral_key
from referral
