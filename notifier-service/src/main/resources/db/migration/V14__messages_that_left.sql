-- How many messages left in the last minutes is asked of everything that is to be told.
create index notifications_closed on notifications (closed_at) where state = 'READY';
-- Whether a recovery waits to be told is asked of every regression.
create index transitions_recovered on transitions (entity, scorecard) where kind = 'RECOVERED' and state = 'GROUPED';
