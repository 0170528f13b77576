-- What one load set aside, and how each row is mended.
select r.line, r.field, r.problem, r.sent, p.sentence as how_to_mend, p.remedy
from row_set_aside as r left join problem as p on p.problem = r.problem
where r.load_id = $load_id and r.kind = 'set_aside'
order by r.line, r.field
