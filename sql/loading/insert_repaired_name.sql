-- One garbled name and what it says.
insert into work.repaired_name values ($sent, $repaired)
