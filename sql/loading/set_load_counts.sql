-- A load counts, or does not.
update load set counts = $counts where load_id = $load_id returning row_table
