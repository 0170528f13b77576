-- Anti-social behaviour has no reference: its rows are told apart by their order in the file.
create or replace table work.arrival as
select
    *, row_number() over (partition by force_name, month, crime_type, crime_reference, problem is null order by line) as occurrence
from work.arrival
