-- How many messages left in the last minutes is asked of everything that is to be told.
create index notifications_closed on notifications (closed_at) where state = 'READY';
-- What waits to be told of a result, and what was told of it lately, is asked of everything that is to be told.
create index transitions_told on transitions (entity, scorecard) include (notification_id, kind, reason) where state = 'GROUPED';
