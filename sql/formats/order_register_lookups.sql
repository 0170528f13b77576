-- Every decision and kind of order of the file that no lookup has, by its key; what is still not known is read by its meaning.
insert into word_lookup
select cells.field, cell, w.meaning from (
    select distinct 'decision' as field, decision as cell from row_to_resolve
    union select distinct 'order_kind', order_kind from row_to_resolve
) as cells
left join word_lookup as w on w.field = cells.field and w.sent = label_key(cell)
where cell <> '' and not is_blank(cell)
    and not exists (select 1 from word_lookup as known where known.field = cells.field and known.sent = cell)
