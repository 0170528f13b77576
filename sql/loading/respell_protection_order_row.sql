-- Give each name its one spelling; run only where a file spells one name in several ways.
update work.arrival set
    area = (case when area in (select sent from work.spelling where field = 'area')
        then (select any_value(spelled) from work.spelling where field = 'area' and sent = area) else area end),
    team = (case when team in (select sent from work.spelling where field = 'team')
        then (select any_value(spelled) from work.spelling where field = 'team' and sent = team) else team end)
