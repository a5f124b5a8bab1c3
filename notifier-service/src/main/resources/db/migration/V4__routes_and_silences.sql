-- What routes ask about: tags of an entity, parent of a group.
alter table catalog add column tags jsonb not null default '[]';
alter table catalog add column parent text;

-- The node of the routes that a notification goes by, and why it has not left yet. silence_id is set while one holds it.
alter table notifications add column route text not null default 'default';
alter table notifications add column held_because text not null default 'GROUPING'
    check (held_because in ('GROUPING', 'DIGEST', 'MUTED', 'SILENCED', 'FLAPPING'));
alter table notifications add column silence_id text;
create index notifications_silence on notifications (silence_id) where state = 'GATHERING' and silence_id is not null;
create index notifications_waiting on notifications (owner, route) where state = 'GATHERING';

-- Notifications that tell a transition besides the one that tells it first: further routes, and the parent team.
create table copies (
    notification_id text not null references notifications (id) on delete cascade,
    transition_id   text not null references transitions (id) on delete cascade,
    primary key (notification_id, transition_id)
);
create index copies_transition on copies (transition_id);

-- When the parent team hears of an episode, and when it did.
alter table episodes add column escalate_at timestamptz;
alter table episodes add column escalated_at timestamptz;
create index episodes_escalate on episodes (escalate_at) where closed_at is null and escalated_at is null;

-- The level that a transition lost, null for none.
alter table transitions add column lost text;

-- Who silenced what and why, and who ended it early: rows are kept as long as the ledger remembers.
create table silences (
    id         text primary key,
    matchers   jsonb       not null,
    reason     text        not null,
    owner      text        not null,
    created_at timestamptz not null,
    starts_at  timestamptz not null,
    ends_at    timestamptz not null,
    ended_by   text,
    ended_at   timestamptz
);
create index silences_ends on silences (ends_at);
