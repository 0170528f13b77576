-- The names in one column with letters that UTF-8 shows where it is read as Windows-1252.
select distinct cell from (select columns(lambda c: c = $field) as cell from work.arrival) as cells
where regexp_matches(cell, '[ÂÃÄÅâ]')
