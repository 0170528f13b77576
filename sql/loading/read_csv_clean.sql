-- What the careful reader wrote.
select * from read_csv(
    $path, columns = $columns, auto_detect = false, header = false, delim = ',', quote = '"', escape = '"',
    strict_mode = true, new_line = '\n', nullstr = '', max_line_size = 8000000
)
