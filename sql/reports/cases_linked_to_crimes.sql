-- Of the cases finalised, how many name a crime that counts: only those take its scope.
select coalesce(sum(case when is_linked then 1 else 0 end), 0) as linked, count(*) as cases from case_result where source = 'force'
