-- Orders against the notices before them.
select * from notice_or_order
