-- One row per answer of a group in a wave, weighted with how many gave it; "don't know" is no answer.
select
    wave as day, 'force' as source, force_name, area, survey_group as kind, question, answer_code, cast(responses as bigint) as weight
from survey
where answer_code not in ('dont_know', 'unknown') and responses is not null
