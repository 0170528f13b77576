-- How many rows of this load, kept or not, have a code or label that no list knows.
select count(distinct k.line) as rows from (
    select line, unnest(string_split(concat_ws('|', problem, warning), '|')) as one from keyed_arrival
    where problem is not null or warning is not null
) as k inner join problem as p on p.problem = k.one
where p.is_unknown_label = 'yes'
