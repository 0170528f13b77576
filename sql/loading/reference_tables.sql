-- The code lists of data/reference as tables, so that an old snapshot keeps the lists it was made with.
create or replace table outcome as
select * from read_csv(getvariable('reference_folder') || '/outcome.csv', all_varchar = true, header = true);
create or replace table outcome_label as
select * from read_csv(getvariable('reference_folder') || '/outcome_label.csv', all_varchar = true, header = true);
create or replace table offence as
select * from read_csv(getvariable('reference_folder') || '/offence.csv', all_varchar = true, header = true);
create or replace table offence_label as
select * from read_csv(getvariable('reference_folder') || '/offence_label.csv', all_varchar = true, header = true);
create or replace table force_label as
select * from read_csv(getvariable('reference_folder') || '/force_label.csv', all_varchar = true, header = true);
create or replace table vawg_scope as
select * from read_csv(getvariable('reference_folder') || '/vawg_scope.csv', all_varchar = true, header = true);
create or replace table recording_break as
select * from read_csv(getvariable('reference_folder') || '/recording_break.csv', all_varchar = true, header = true);
create or replace table value_label as
select * from read_csv(getvariable('reference_folder') || '/value_label.csv', all_varchar = true, header = true);
create or replace table problem as
select * from read_csv(getvariable('reference_folder') || '/problem.csv', all_varchar = true, header = true);
