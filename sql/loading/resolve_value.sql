-- Every word of the file that the list $list has not as it stands, by its key. In a flag a sign counts: -1 is not 1.
insert into word_lookup
select $list, cell, w.meaning, is_blank(cell) from cell_to_resolve
left join word_lookup as w on w.field = $list
    and w.sent = case when $list in ('sex', 'flag') then upper(clean(cell)) else label_key(cell) end
where cell <> '' and cell not in (select sent from word_lookup where field = $list)
