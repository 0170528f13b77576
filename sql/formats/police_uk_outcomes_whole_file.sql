-- Two rows alike are two suspects of one crime with one outcome: told apart by their order in the file.
create or replace table work.arrival as
select
    *, row_number() over (partition by force_name, crime_reference, month, outcome, problem is null order by line) as occurrence
from work.arrival
