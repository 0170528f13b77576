-- How many of all that a source says have an outcome that is not known. The relation is one of not_known_*.
select coalesce(sum(numerator), 0) as not_known, coalesce(sum(denominator), 0) as out_of
from query_table($relation) where source = $source
