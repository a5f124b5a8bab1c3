alter table notifications drop constraint notifications_direction_check;
alter table notifications add constraint notifications_direction_check
    check (direction in ('REGRESSION', 'RECOVERY', 'REMINDER'));

-- Published scorecards as last heard: what their rules are called, by id.
create table scorecards (
    name         text primary key,
    title        text        not null,
    rules        jsonb       not null,
    published_at timestamptz not null
);

-- Which entities have a result on which scorecard.
create table scored (
    entity    text not null,
    scorecard text not null,
    primary key (scorecard, entity)
);

-- What owners are to hear of before a day. subject is what it was read from: an attestation, an exemption or a scorecard, as it was at
-- as_of. stands is false once it was withdrawn, revoked, changed or removed. round counts how often it was taken up.
create table reminders (
    id        text primary key,
    kind      text        not null check (kind in ('ATTESTATION_ENDS', 'EXEMPTION_ENDS', 'RULE_COUNTS')),
    subject   text        not null,
    entity    text,
    rule      text        not null,
    scorecard text,
    finding   text,
    details   jsonb       not null,
    ends_at   timestamptz not null,
    due_at    timestamptz not null,
    as_of     timestamptz not null,
    stands    boolean     not null,
    state     text        not null check (state in ('WAITING', 'TAKEN', 'OVER')),
    round     int         not null default 0
);
create index reminders_due on reminders (due_at) where state = 'WAITING' and stands;
create index reminders_subject on reminders (kind, subject);
create index reminders_entity on reminders (entity, rule);
create index reminders_ends on reminders (ends_at);

-- Which notification tells which reminders; dropped when it stood no longer once the wait was over.
create table reminded (
    notification_id text    not null references notifications (id) on delete cascade,
    reminder_id     text    not null references reminders (id) on delete cascade,
    dropped         boolean not null default false,
    primary key (notification_id, reminder_id)
);
create index reminded_reminder on reminded (reminder_id);

-- Entities that a notification reminds its owner about.
create view reminded_entities as
    select r.notification_id, r.reminder_id, r.dropped, m.entity
    from reminded r join reminders m on m.id = r.reminder_id
    where m.entity is not null
    union all
    select r.notification_id, r.reminder_id, r.dropped, s.entity
    from reminded r
        join reminders m on m.id = r.reminder_id and m.entity is null
        join notifications n on n.id = r.notification_id
        join scored s on s.scorecard = m.scorecard
        join catalog c on c.ref = s.entity and c.owner is not distinct from n.owner;

-- Who is scored already, from the transitions that are still known.
insert into scored (entity, scorecard)
select entity, scorecard
from (select distinct on (entity, scorecard) entity, scorecard, body -> 'after' as after
      from transitions order by entity, scorecard, version desc) latest
where jsonb_typeof(after) = 'object';
