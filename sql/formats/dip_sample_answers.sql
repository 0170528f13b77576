-- One row per answer: of which sample, crime, question and reviewer. Yes, no, not applicable or cannot tell.
with cell as (
    select
        t as sent_row, t.line, t.problem as read_problem, known(t.crime_reference) as crime_reference, known(t.sample_id) as sample_id,
        lower(known(t.question)) as question, replace(lower(known(t.answer)), '_', ' ') as answer,
        lower(known(t.reviewer_kind)) as reviewer_kind, day_of(t.reviewed_on, c.day_order) as reviewed_on,
        coalesce(f.force_name, known(t.force_name), c.force_name) as force_name
    from row_of_load as t inner join context as c on c.load_id = t.load_id left join force_lookup as f on f.sent = force_key(t.force_name)
)
select
    line, case
        when read_problem is not null then read_problem
        when crime_reference is null then 'no_reference'
        when sample_id is null then 'no_sample'
        when question is null then 'no_question'
        when answer is null or answer not in ('yes', 'no', 'not applicable', 'cannot tell') then 'unknown_answer'
        when reviewer_kind is null or reviewer_kind not in ('first', 'second', 'panel') then 'unknown_reviewer'
        when reviewed_on is null then 'unreadable_sample_day' end as problem,
    cast(null as varchar) as warning, false as is_unresolved,
    cast(to_json(sent_row) as varchar) as sent_row, crime_reference, sample_id, question, answer, reviewer_kind, reviewed_on, force_name
from cell
