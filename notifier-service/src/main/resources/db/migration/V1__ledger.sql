-- What the catalogue says about entities and owners, as last heard.
create table catalog (
    ref         text primary key,
    title       text        not null,
    owner       text,
    email       text,
    annotations jsonb       not null,
    applied_at  timestamptz not null
);

-- From the regression of an entity on a scorecard to its recovery. thread_id is the notification that told the regression.
create table episodes (
    id        text primary key,
    entity    text        not null,
    scorecard text        not null,
    rules     jsonb       not null,
    opened_at timestamptz not null,
    thread_id text,
    closed_at timestamptz,
    closed_by text
);
create unique index episodes_open on episodes (entity, scorecard) where closed_at is null;
create index episodes_thread on episodes (thread_id);

-- One message to one owner about one cause, at one or more destinations.
create table notifications (
    id         text primary key,
    group_key  text        not null,
    direction  text        not null check (direction in ('REGRESSION', 'RECOVERY')),
    owner      text,
    thread_id  text        not null,
    state      text        not null check (state in ('GATHERING', 'READY', 'SUPPRESSED', 'FAILED')),
    reason     text,
    content    jsonb,
    created_at timestamptz not null,
    due_at     timestamptz not null,
    closed_at  timestamptz
);
create unique index notifications_gathering on notifications (group_key) where state = 'GATHERING';
create index notifications_due on notifications (due_at) where state = 'GATHERING';
create index notifications_owner on notifications (owner, created_at desc);
create index notifications_created on notifications (created_at desc);

-- Every transition that was consumed, with what was decided about it.
create table transitions (
    id              text primary key,
    entity          text        not null,
    scorecard       text        not null,
    version         bigint      not null,
    kind            text        not null,
    owner           text,
    delivery_id     text,
    accepted_at     timestamptz not null,
    body            jsonb       not null,
    state           text        not null check (state in ('GROUPED', 'SUPPRESSED')),
    reason          text,
    episode_id      text references episodes (id) on delete set null,
    notification_id text references notifications (id) on delete cascade
);
create index transitions_entity on transitions (entity, accepted_at desc);
create index transitions_owner on transitions (owner, accepted_at desc) where notification_id is null;
create index transitions_accepted on transitions (accepted_at desc) where notification_id is null;
create index transitions_notification on transitions (notification_id);
create index transitions_episode on transitions (episode_id);

-- One notification at one destination. lane is what must be served one at a time, such as one webhook or one mail address.
create table deliveries (
    id              bigint generated always as identity primary key,
    notification_id text        not null references notifications (id) on delete cascade,
    thread_id       text        not null,
    channel         text        not null,
    destination     text        not null,
    address         text,
    lane            text        not null,
    notice          text,
    state           text        not null check (state in ('READY', 'SENT', 'ACCEPTED', 'FAILED')),
    reason          text,
    detail          text,
    plain           boolean     not null default false,
    attempts        int         not null default 0,
    channel_ref     text,
    created_at      timestamptz not null,
    expires_at      timestamptz not null,
    next_attempt_at timestamptz not null,
    leased_until    timestamptz,
    lease           text,
    ended_at        timestamptz,
    unique (notification_id, lane)
);
create index deliveries_due on deliveries (next_attempt_at) where state = 'READY';
create index deliveries_lane on deliveries (lane) where state = 'READY';
create index deliveries_thread on deliveries (thread_id, lane);

-- Destinations and channels that nothing may be sent to before an instant.
create table pauses (
    key    text primary key,
    until  timestamptz not null,
    reason text        not null
);

-- Receipts on their way to the topic: written with the end that they tell, published after.
create table receipts (
    seq             bigint generated always as identity primary key,
    notification_id text        not null,
    body            jsonb       not null,
    created_at      timestamptz not null,
    published_at    timestamptz
);
create index receipts_unpublished on receipts (seq) where published_at is null;
