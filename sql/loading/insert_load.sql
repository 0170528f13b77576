-- One line for the load in the snapshot's own ledger.
insert into load values (
    $load_id, $act, $format, $row_table, $file_name, $sha256, $received_at, $loaded_by, $as_at, $is_full, $is_invented, true,
    $rows, $kept, $set_aside, $blank, $new, $changed, $unchanged, $report, null
)
