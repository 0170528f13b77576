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
    when regexp_matches(x, 'custod|imprison|prison|detention|\byoi\b|\bjail', 'i') then 'immediate_custody'
    when regexp_matches(x, 'community|unpaid work|rehabilitation|youth referral|referral order', 'i') then 'community'
    when regexp_matches(x, '\bfined?\b', 'i') then 'fine'
    when regexp_matches(x, 'discharge', 'i') then 'discharge' else 'other' end;
