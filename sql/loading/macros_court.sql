-- What a court's own words say of plea, court and sentence. Temporary, like the small words, on which these rest.
create or replace temp macro plea_of(x) as case
    when is_blank(x) or regexp_matches(x, '^(no plea|none|not (known|entered|taken|indicated)|unknown)', 'i') then null
    when regexp_matches(x, '^\s*(ng|not[ -]?guilty)\b', 'i') then 'not guilty'
    when regexp_matches(x, '^\s*(g|guilty)\b', 'i') then 'guilty'
    else optional(x) end;
create or replace temp macro court_kind_of(x) as case
    when regexp_matches(x, 'youth', 'i') then 'youth' when regexp_matches(x, 'crown|\bcc\b', 'i') then 'crown'
    when regexp_matches(x, 'magistrate|\bmags?\b|\bmc\b', 'i') then 'magistrates' end;
-- determinate immediate custody is what a length in months can be averaged of: a life or hospital order has none, a suspended
-- sentence is not served, an extended one is a custodial term and an extension
create or replace temp macro sentence_kind_of(x) as case
    when is_blank(x) then null
    when regexp_matches(x, 'suspend|\bssso?\b', 'i') then 'suspended'
    when regexp_matches(x, 'hospital|mental health act', 'i') then 'hospital_order'
    when regexp_matches(x, '\blife\b|\bipp\b|majesty''?s pleasure', 'i') then 'life'
    when regexp_matches(x, 'extended', 'i') then 'extended'
    when regexp_matches(x, 'custod|imprison|prison|detention|\byoi\b|\bjail', 'i')
        and not regexp_matches(x, '\b(non|no|not|nil|without)[ -]*(immediate[ -]*)?(custod|imprison|prison|detention|jail)', 'i')
        then 'immediate_custody'
    when regexp_matches(x, 'community|unpaid work|rehabilitation|youth referral|referral order', 'i') then 'community'
    when regexp_matches(x, '\bfined?\b', 'i') then 'fine'
    when regexp_matches(x, 'discharge', 'i') then 'discharge' else 'other' end;
-- the length of a sentence in months: 18, 18 months, 2 years 6 months, 26 weeks; a week is the share of a month that a year makes of it
create or replace temp macro length_in(x, unit) as
    coalesce(try_cast(regexp_extract(x, '([0-9]+(?:\.[0-9]+)?) *(?:' || unit || ')(?:[^a-z]|$)', 1, 'i') as double), 0);
create or replace temp macro sentence_months_of(x) as coalesce(try_cast(known(x) as double), case
    when regexp_full_match(clean(x), '([0-9]+(\.[0-9]+)? *(years?|yrs?|y|months?|mths?|m|weeks?|wks?|w|days?|d)[ ,.&]*(and )?)+', 'i')
        then round(12 * length_in(x, 'years?|yrs?|y') + length_in(x, 'months?|mths?|m')
            + (7 * length_in(x, 'weeks?|wks?|w') + length_in(x, 'days?|d')) * 12 / 365.25, 2) end);
