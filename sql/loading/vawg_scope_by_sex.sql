-- The scope of VAWG spelled out: offence class by victim's sex, with and without a domestic abuse flag, from and until which day.
create or replace table scope_line as
select
    s.offence_class, x.victim_sex, s.vawg_group,
    (s.victims = 'all' or x.victim_sex <> 'M') and s.domestic_abuse_only = 'no' as in_scope,
    (s.victims = 'all' or x.victim_sex <> 'M') and s.domestic_abuse_only = 'yes' as in_scope_with_abuse,
    cast(nullif(s."from", '') as date) as from_day, cast(nullif(s.until, '') as date) as until_day
from vawg_scope as s
cross join (select unnest(['F', 'M', 'U']) as victim_sex) as x
