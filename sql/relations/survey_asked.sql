-- One row per group, wave and way of asking: how many were to be asked, and how many answered the question that most did. Of people
-- parted by sex, age or ethnicity each part has its own sample.
with part as (
    select
        force_name, area, wave, survey_group, mode, by_whom, question, sum(responses) as answered,
        max(sampled) - coalesce(max(ineligible), 0) - coalesce(max(unsafe_to_contact), 0) as asked
    from survey
    group by force_name, area, wave, survey_group, mode, by_whom, question, sex, age_band, ethnicity_group
),
asked_each as (
    select force_name, area, wave, survey_group, mode, by_whom, question, sum(answered) as answered, sum(asked) as asked
    from part
    group by force_name, area, wave, survey_group, mode, by_whom, question
)
select
    wave as day, 'force' as source, force_name, area, survey_group as kind, mode, by_whom, cast(max(answered) as bigint) as answered,
    cast(max(asked) as bigint) as asked
from asked_each
where asked is not null
group by wave, force_name, area, survey_group, mode, by_whom
