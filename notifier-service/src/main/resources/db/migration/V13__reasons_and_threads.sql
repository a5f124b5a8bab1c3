-- Each time that a notification waited, and why; silence_id while a silence held it. Of what began before, only the last is known.
create table holds (
    seq             bigint generated always as identity primary key,
    notification_id text        not null references notifications (id) on delete cascade,
    reason          text        not null check (reason in ('GROUPING', 'DIGEST', 'MUTED', 'SILENCED', 'FLAPPING')),
    since           timestamptz not null,
    until           timestamptz not null,
    silence_id      text
);
create index holds_notification on holds (notification_id, seq);
insert into holds (notification_id, reason, since, until, silence_id)
select id, held_because, created_at, due_at, silence_id from notifications order by created_at, id;

-- Why it went to exactly these destinations; null until that is decided.
alter table notifications add column routed_because text
    check (routed_because in ('THREAD', 'OWNER', 'ROUTE', 'FALLBACK', 'NOBODY'));

-- Whether a copy tells the parent team, and not a further node of the routes.
alter table copies add column escalated boolean not null default false;
update copies c set escalated = true
from notifications n, transitions t join episodes e on e.id = t.episode_id
where n.id = c.notification_id and t.id = c.transition_id and e.escalated_at is not null and n.owner is distinct from t.owner;
