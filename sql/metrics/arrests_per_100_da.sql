-- Arrests for domestic abuse against crimes of domestic abuse.
select * from arrest_or_abuse
