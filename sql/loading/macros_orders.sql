-- What a register of orders says beside its decision. Temporary, like the small words, on which these rest.
-- a kind says type and stage at once in older registers: "interim" is an interim Stalking Protection Order
create or replace temp macro type_of_order(kind) as
    case when kind in ('full', 'interim', 'variation', 'renewal', 'discharge') then 'SPO' else kind end;
create or replace temp macro stage_of_order(kind) as case kind when 'interim' then 'interim' when 'variation' then 'varied'
    when 'renewal' then 'renewed' when 'discharge' then 'discharged' when 'DVPN' then 'notice' when 'DAPN' then 'notice' else 'full' end;
-- the word by which the measures of Stalking Protection Orders count: full, interim, another stage, or another type of order
create or replace temp macro kind_of_order(order_type, stage) as case when order_type <> 'SPO' then order_type
    when stage = 'varied' then 'variation' when stage = 'renewed' then 'renewal' when stage = 'discharged' then 'discharge'
    when stage in ('full', 'interim') then stage else 'unknown' end;
create or replace temp macro order_days_sent(r) as [r.applied_on, r.decided_on, r.expires_on, r.breached_on, r.considered_on,
    r.authorised_on, r.heard_on, r.served_on, r.varied_on, r.renewed_on, r.discharged_on, r.appealed_on, r.notification_due_on,
    r.notified_on];
-- every day that a row has, read by one lambda: written out one by one their binding takes seconds
create or replace temp macro order_days(r, day_order) as list_transform(order_days_sent(r), lambda x: day_of(x, day_order));
-- a step whose day cannot be read costs the step, not the order
create or replace temp macro has_unreadable_step(r, days) as
    len(list_filter(order_days_sent(r)[5:], lambda x: not is_no_day(x))) > len(list_filter(days[5:], lambda d: d is not null));
create or replace temp macro order_steps(r, days) as struct_pack(
    considered_on := days[5], authorised_on := days[6], heard_on := days[7], served_on := days[8], varied_on := days[9],
    renewed_on := days[10], discharged_on := days[11], appealed_on := days[12], notification_due_on := days[13],
    notified_on := days[14], authorised_by_rank := optional(r.authorised_by_rank),
    prohibitions := cast(whole(r.prohibitions) as integer), positive_requirements := cast(whole(r.positive_requirements) as integer),
    electronic_monitoring := yes_no(r.electronic_monitoring), victim_supports := yes_no(r.victim_supports),
    contested := yes_no(r.contested), decision_reason := optional(r.decision_reason),
    is_until_further_order := regexp_matches(r.expires_on, 'further (order|notice)|indefinit', 'i'));
