-- Words in a field of a victim's characteristic that say none: declined, or not asked. In capitals, as a cell is compared.
select unnest(['DECLINED', 'REFUSED', 'PREFER NOT TO SAY', 'PREFERS NOT TO SAY', 'PREFERRED NOT TO SAY', 'DECLINED TO SAY',
    'DECLINED TO STATE', 'DECLINED TO DEFINE', 'REFUSED TO SAY', 'REFUSED TO STATE', 'N4']) as word, 'declined' as state
union all
select unnest(['NS', 'NOT STATED', 'NOT ASKED', 'NOT KNOWN', 'NOT RECORDED', 'NOT PROVIDED', 'NOT OBTAINED', 'NOT SPECIFIED',
    'NOT AVAILABLE', 'UNKNOWN', 'UNK', 'UNDISCLOSED', 'NOT DISCLOSED', 'NONE STATED', 'NONE RECORDED', 'NONE GIVEN', 'N1', 'N2', 'N3',
    'U', 'X', '99']), 'not asked'
