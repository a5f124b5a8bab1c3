-- How many messages left in the last minutes is asked of everything that is to be told.
create index notifications_closed on notifications (closed_at) where state = 'READY';
