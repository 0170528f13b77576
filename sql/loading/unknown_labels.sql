-- The labels that no code list knows, as sent, commonest first: what a mapping could mend. (Of a row that stands twice is kept what was
-- read of it, not what was sent.)
select field, sent, count(distinct line) as rows from (
    select
        k.line, p.field,
        case when p.field = 'offence_code' then coalesce(
            nullif(json_extract_string(k.sent_row, '$.offence_code'), ''), json_extract_string(k.sent_row, '$.offence_description'))
            else json_extract_string(k.sent_row, '$.' || p.field) end as sent
    from keyed_arrival as k inner join problem as p
        on p.problem = k.problem or contains('|' || k.warning || '|', '|' || p.problem || '|')
    where p.is_unknown_label = 'yes' and coalesce(k.problem, '') not in ('repeated_row', 'conflicting_rows')
) as unknown where sent is not null group by field, sent
order by field desc, count(distinct line) desc, sent asc limit 200
