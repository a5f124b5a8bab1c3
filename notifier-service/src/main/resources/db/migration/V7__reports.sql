alter table notifications drop constraint notifications_direction_check;
alter table notifications add constraint notifications_direction_check
    check (direction in ('REGRESSION', 'RECOVERY', 'REMINDER', 'REPORT'));

-- The levels of a scorecard, the lowest first.
alter table scorecards add column levels jsonb not null default '[]';

-- How an entity stands on a scorecard, by its latest transition: level, score, and the outcome of each rule. since is when it was first heard of.
alter table scored add column version bigint not null default 0;
alter table scored add column level text;
alter table scored add column score int;
alter table scored add column outcomes jsonb not null default '{}';
alter table scored add column since timestamptz not null default now();
update scored s set version = l.version, level = l.after ->> 'level', score = (l.after ->> 'score')::int, since = l.since,
    outcomes = coalesce(l.after -> 'outcomes', '{}')
from (select distinct on (entity, scorecard) entity, scorecard, version, body -> 'after' as after,
          min(accepted_at) over (partition by entity, scorecard) as since
      from transitions order by entity, scorecard, version desc) l
where l.entity = s.entity and l.scorecard = s.scorecard and jsonb_typeof(l.after) = 'object';

-- Which weeks of which teams were reported, each once, and by which notification.
create table reports (
    team            text        not null,
    ends_at         timestamptz not null,
    notification_id text        not null,
    primary key (team, ends_at)
);
create index reports_notification on reports (notification_id);
