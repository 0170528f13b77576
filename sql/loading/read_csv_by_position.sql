-- A file known to be plain: UTF-8, no quotes, every row as wide as the header. Nothing is sniffed.
-- The line is counted here, in the order of the file: the joins that follow keep no order.
select $skip + row_number() over () as line, * from read_csv(
    $path, columns = $columns, auto_detect = false, header = false, skip = $skip, delim = $delimiter, quote = '"', escape = '"',
    strict_mode = true, null_padding = false, max_line_size = 4000000
)
