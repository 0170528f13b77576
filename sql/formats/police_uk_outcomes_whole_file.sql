-- The outcomes of one crime in one month are told apart by their order: two rows alike are two suspects, and where a month is published
-- again with another outcome, it stands in the place of the first.
create or replace table work.arrival as
select *, row_number() over (partition by force_name, crime_reference, month, problem is null order by outcome, line) as occurrence
from work.arrival
