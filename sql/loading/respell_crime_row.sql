-- Give each name its one spelling; run only where a file spells one name in several ways.
update work.arrival set
    area = (case when area in (select sent from work.spelling where field = 'area')
        then (select any_value(spelled) from work.spelling where field = 'area' and sent = area) else area end),
    team = (case when team in (select sent from work.spelling where field = 'team')
        then (select any_value(spelled) from work.spelling where field = 'team' and sent = team) else team end),
    crime_status = (case when crime_status in (select sent from work.spelling where field = 'crime_status')
        then (select any_value(spelled) from work.spelling where field = 'crime_status' and sent = crime_status) else crime_status end),
    victim_ethnicity = (case when victim_ethnicity in (select sent from work.spelling where field = 'victim_ethnicity')
        then (select any_value(spelled) from work.spelling where field = 'victim_ethnicity' and sent = victim_ethnicity)
        else victim_ethnicity end),
    victim_disability = (case when victim_disability in (select sent from work.spelling where field = 'victim_disability')
        then (select any_value(spelled) from work.spelling where field = 'victim_disability' and sent = victim_disability)
        else victim_disability end),
    victim_religion = (case when victim_religion in (select sent from work.spelling where field = 'victim_religion')
        then (select any_value(spelled) from work.spelling where field = 'victim_religion' and sent = victim_religion)
        else victim_religion end),
    victim_sexual_orientation = (
        case when victim_sexual_orientation in (select sent from work.spelling where field = 'victim_sexual_orientation')
        then (select any_value(spelled) from work.spelling
            where field = 'victim_sexual_orientation' and sent = victim_sexual_orientation)
        else victim_sexual_orientation end)
