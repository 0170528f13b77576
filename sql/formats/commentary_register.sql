-- One row per commentary: of which measure or page, for which meeting, on data of which day, in sixty words at most.
with cell as (
    select
        t as sent_row, t.line, t.problem as read_problem, lower(known(t.metric)) as metric, lower(known(t.meeting)) as meeting,
        day_of(t.about_data_of, c.day_order) as about_data_of, known(t.commentary) as commentary, known(t.said_by) as said_by,
        day_of(t.said_on, c.day_order) as said_on, known(t.offences) as offences_sent, w.meaning as offences, known(t.area) as area,
        coalesce(f.force_name, known(t.force_name), c.force_name) as force_name
    from row_of_load as t inner join context as c on c.load_id = t.load_id left join force_lookup as f on f.sent = force_key(t.force_name)
    left join value_label as w on w.list = 'offences' and w.sent = upper(known(t.offences))
)
select
    line, case
        when read_problem is not null then read_problem
        when metric is null then 'unknown_metric'
        when meeting is null or meeting not in ('weekly', 'monthly', 'quarterly', 'gold') then 'unknown_meeting'
        when about_data_of is null or said_on is null then 'unreadable_commentary_day'
        when commentary is null then 'no_commentary'
        when len(string_split_regex(trim(commentary), '\s+')) > 60 then 'long_commentary'
        when said_by is null then 'nobody_said_it'
        when offences is null and offences_sent is not null then 'unknown_offences' end as problem,
    cast(null as varchar) as warning, false as is_unresolved,
    cast(to_json(sent_row) as varchar) as sent_row, metric, meeting, about_data_of, commentary, said_by, said_on, offences, force_name, area
from cell
