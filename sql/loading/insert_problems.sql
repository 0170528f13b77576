-- Sentences of the formats whose columns alone say what can be wrong; those that are there already stay.
insert into problem
select told.problem, told.field, told.sentence, nullif(told.remedy, ''), told.is_label from (
    select
        unnest($problems) as problem, unnest($fields) as field, unnest($sentences) as sentence, unnest($remedies) as remedy,
        unnest($labels) as is_label
) as told
where told.problem not in (select known.problem from problem as known)
