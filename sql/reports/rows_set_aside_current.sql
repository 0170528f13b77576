-- Every row that a load which counts has set aside, for the data owner to mend.
select r.load_id, l.file_name, r.line, r.field, p.sentence, p.remedy, r.sent
from row_set_aside as r
inner join load as l on l.load_id = r.load_id and l.counts
left join problem as p on p.problem = r.problem
where r.kind = 'set_aside'
order by r.load_id desc, r.line asc, r.field asc
