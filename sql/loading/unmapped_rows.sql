-- How many rows of this load, kept or not, have a code or label that no list knows.
select count(distinct line) as rows from keyed_arrival
where regexp_matches(concat_ws('|', problem, warning), '(^|\|)unknown_(outcome|outcome_type|offence|result|decision|order_kind)(\||$)')
