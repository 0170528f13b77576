-- Every load this snapshot knows, oldest first.
select * from load order by load_id
