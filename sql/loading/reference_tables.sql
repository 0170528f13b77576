-- The code lists of data/reference as tables, so that an old snapshot keeps the lists it was made with. How the files are written is
-- said here, for to guess it takes five times as long as to read them.
create or replace temp macro code_list(name) as table select * from read_csv(
    getvariable('reference_folder') || '/' || name || '.csv', all_varchar = true, header = true, delim = ',', quote = '"', escape = '"',
    new_line = '\n'
);
create or replace table outcome as select * from code_list('outcome');
create or replace table outcome_label as select * from code_list('outcome_label');
create or replace table offence as select * from code_list('offence');
create or replace table offence_label as select * from code_list('offence_label');
create or replace table force_label as select * from code_list('force_label');
create or replace table vawg_scope as select * from code_list('vawg_scope');
create or replace table recording_break as select * from code_list('recording_break');
create or replace table value_label as select * from code_list('value_label');
create or replace table problem as select * from code_list('problem');
