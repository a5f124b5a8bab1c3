-- How many messages left in the last minutes is asked of everything that is to be told.
create index notifications_closed on notifications (closed_at) where state = 'READY';
-- What waits to be told of a result, and what was told of it lately, is asked of everything that is to be told.
create index transitions_told on transitions (entity, scorecard) include (notification_id, kind, reason) where state = 'GROUPED';
-- Most transitions are told to nobody. How the last regressions of an episode were told is asked of its end.
drop index transitions_notification;
create index transitions_notification on transitions (notification_id) where notification_id is not null;
drop index transitions_episode;
create index transitions_episode on transitions (episode_id, accepted_at) where episode_id is not null;
