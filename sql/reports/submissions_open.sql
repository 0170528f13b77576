-- The submissions that the Crown Prosecution Service has not decided, by age at the day the data stands at; the last of each suspect.
select
    count(*) as open_now, count(*) filter (date_diff('day', submitted_on, $as_at) > 28) as over_28,
    count(*) filter (date_diff('day', submitted_on, $as_at) > 90) as over_90, count(*) filter (triage = 'rejected') as sent_back,
    coalesce(max(date_diff('day', submitted_on, $as_at)), 0) as oldest
from (
    select *, row_number() over (partition by force_name, suspect_id, first_submitted_on order by submission_number desc) as place
    from charging_submission
) as submission
where place = 1 and decision = 'pending' and submitted_on <= $as_at and ($area is null or list_contains($area, area))
