-- Names with a letter of another alphabet, or with a character that has no width inside them, are set aside.
update work.arrival as a set problem = 'look_alike_area', sent_row = cast(to_json(a) as varchar)
where a.problem is null and a.area in (select area from (select distinct area from work.arrival) as areas where look_alike(area))
