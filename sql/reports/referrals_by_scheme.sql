-- The referrals of a window by scheme: made, accepted, reached within five working days, and what help was given.
select
    r.scheme, count(*) as made, count(*) filter (r.accepted = 'accepted') as accepted,
    count(*) filter (r.accepted = 'accepted' and r.first_contact_on <= r.referred_on + 7) as reached,
    count(*) filter (r.decision = 'psychological') as psychological, count(*) filter (r.decision = 'social') as social,
    count(*) filter (r.decision = 'legal') as legal, count(*) filter (r.decision = 'several') as several
from referral as r
where r.referred_on >= $from_day and r.referred_on < $to_day and ($area is null or list_contains($area, r.area))
group by r.scheme order by made desc, r.scheme asc
