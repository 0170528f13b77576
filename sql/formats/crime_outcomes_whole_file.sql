-- A charge just before its crime was recorded is custody first, but not in a file most of whose outcomes stand before their crimes:
-- there the two columns of days are swapped.
update work.arrival set problem = 'outcome_before_crime'
where problem is null and outcome_on < recorded_on
    and (select count(case when problem = 'outcome_before_crime' then 1 end)
        > count(case when problem is null and outcome_on >= recorded_on then 1 end)
        from work.arrival)
