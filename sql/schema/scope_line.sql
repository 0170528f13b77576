-- The scope of VAWG by offence class and victim's sex (filled by loading/vawg_scope_by_sex.sql); a day that is null is no bound.
create table scope_line (offence_class varchar, victim_sex varchar, vawg_group varchar,
    in_scope boolean, in_scope_with_abuse boolean, from_day date, until_day date)
