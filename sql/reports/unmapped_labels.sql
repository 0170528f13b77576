-- Codes and labels that no list knows: offences kept but outside every group, outcomes kept as not known, and outcome types of
-- published tables that were set aside by the loads that are current: those after which no full extract of the same table came.
with unknown as (
    select 'offence' as kind, offence_code as sent, count(*) as crimes_or_rows, max(recorded_on) as latest
    from crime where offence_class is null and offence_code is not null
    group by offence_code
    union all
    select 'outcome' as kind, outcome_sent as sent, count(*) as crimes_or_rows, max(recorded_on) as latest
    from crime where outcome_code = 'unknown' and outcome_sent is not null and not is_excluded
    group by outcome_sent
    union all
    select 'outcome' as kind, r.sent, count(*) as crimes_or_rows, max(l.as_at) as latest
    from row_set_aside as r inner join load as l on l.load_id = r.load_id and l.counts
    where r.problem = 'unknown_outcome_type' and r.sent is not null and not exists (
        select 1 from load as f where f.counts and f.is_full and f.row_table = l.row_table and f.as_at > l.as_at)
    group by r.sent
)
select kind, sent, crimes_or_rows as rows, latest from unknown
order by crimes_or_rows desc, kind asc, sent asc
