-- Full orders that expire less than two years after they were granted: the Act's shortest is two years.
select application_reference, decided_on, expires_on, area from protection_order
where order_kind = 'full' and decision = 'granted' and expires_on < decided_on + interval 2 year - interval 1 day
order by decided_on desc
