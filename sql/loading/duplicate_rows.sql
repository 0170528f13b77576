-- One thing twice in one file: repeated word for word, or with different facts, of which none is believed.
create or replace table work.doubled as
with candidate as (
    select row_number, line, thing, fingerprint from keyed_arrival
    where problem is null and thing in (
        select other.thing from keyed_arrival as other where other.problem is null group by other.thing having count(*) > 1)
),
judged as (
    select
        row_number, min(fingerprint) over (partition by thing) = max(fingerprint) over (partition by thing) as is_same,
        row_number() over (partition by thing order by line, row_number) as place
    from candidate
)
select row_number, case when is_same then 'repeated_row' else 'conflicting_rows' end as problem
from judged where place > 1 or not is_same
