-- One row per version of a decision in the register; the figure as it was then is frozen with it.
create table decision_row (version_id bigint, thing ubigint, fingerprint ubigint,
    decision_id varchar, meeting varchar, held_on date, metric varchar, what_was_decided varchar, owner_role varchar, due_on date,
    expected varchar, status varchar, closed_on date, what_came_of_it varchar, judged_from date, judged_to date,
    counted_then bigint, out_of_then bigint, value_then double, snapshot_then integer, offences varchar, force_name varchar, area varchar)
