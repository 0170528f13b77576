-- Anti-social behaviour has no reference: its rows are told apart by their order. A crime that is published again as one of another type
-- stands in the place of the first.
create or replace table work.arrival as
select *, row_number() over (partition by force_name, month, crime_reference, problem is null order by crime_type, line) as occurrence
from work.arrival
