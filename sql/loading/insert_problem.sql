-- A sentence of a format whose columns alone say what can be wrong; one that problem.csv has already stays as it is there.
insert into problem
select $problem, $field, $sentence, $remedy, $is_label
where not exists (select 1 from problem where problem = $problem)
