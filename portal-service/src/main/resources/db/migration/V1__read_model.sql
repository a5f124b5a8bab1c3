-- The read model: projected from topics only, so every table can be emptied and filled again from the log.
-- Nothing refers to anything by a foreign key, because topics have no order among each other.

-- Where each partition goes on. Written in the same transaction as the rows that it stands for.
create table projected_position (
    topic        text   not null,
    partition_id int    not null,
    topic_id     text   not null,
    next_offset  bigint not null,
    primary key (topic, partition_id)
);

create table entity (
    ref        text primary key,
    kind       text        not null,
    namespace  text        not null,
    name       text        not null,
    title      text,
    type       text,
    lifecycle  text,
    owner      text,
    system     text,
    tier       int,
    tags       text[]      not null,
    details    jsonb       not null,
    applied_at timestamptz not null
);
create index entity_by_owner on entity (owner);
create index entity_by_system on entity (system);

create table claim (
    entity  text not null,
    subject text not null,
    primary key (subject, entity)
);
create index claim_by_entity on claim (entity);

create table scorecard (
    name         text primary key,
    title        text        not null,
    description  text,
    owner        text,
    version      int         not null,
    applies_to   text        not null,
    levels       text[]      not null,
    draft        boolean     not null,
    rules        jsonb       not null,
    published_at timestamptz not null,
    published_by text        not null
);

create table result (
    entity            text        not null,
    scorecard         text        not null,
    scorecard_version int         not null,
    version           bigint      not null,
    level             text,
    score             int         not null,
    coverage          int         not null,
    evaluated_at      timestamptz not null,
    next_change_at    timestamptz,
    rule_ids          text[]      not null,
    outcomes          text[]      not null,
    rules             jsonb       not null,
    cause             jsonb       not null,
    primary key (entity, scorecard)
);
create index result_by_scorecard on result (scorecard, level);
create index result_by_score on result (scorecard, score, entity);

create table transition (
    at                timestamptz not null,
    id                text        not null,
    entity            text        not null,
    scorecard         text        not null,
    scorecard_title   text        not null,
    scorecard_version int         not null,
    version           bigint      not null,
    kind              text        not null,
    level_before      text,
    level_after       text,
    score_before      int,
    score_after       int,
    coverage_before   int,
    coverage_after    int,
    changes           jsonb       not null,
    cause             jsonb       not null,
    source            text        not null,
    delivery_id       text,
    owner             text,
    tier              int,
    notify            boolean     not null,
    primary key (at, id)
);
create index transition_by_entity on transition (entity, at desc, id desc);
create index transition_by_scorecard on transition (scorecard, at desc, id desc);
create index transition_by_delivery on transition (delivery_id);

create table subject (
    subject       text primary key,
    facts         text[]      not null,
    first_seen_at timestamptz not null,
    last_seen_at  timestamptz not null,
    source        text        not null,
    connection    text        not null,
    delivery_id   text        not null
);

create table delivery (
    connection   text        not null,
    id           text        not null,
    source       text        not null,
    event        text,
    received_at  timestamptz not null,
    content_type text        not null,
    size         int         not null,
    primary key (connection, id)
);
create index delivery_by_time on delivery (received_at desc, id desc);
create index delivery_by_id on delivery (id);

create table receipt (
    notification_id text        not null,
    channel         text        not null,
    destination     text        not null,
    state           text        not null,
    reason          text,
    attempts        int         not null,
    at              timestamptz not null,
    owner           text,
    entities        text[]      not null,
    transition_ids  text[]      not null,
    delivery_ids    text[]      not null,
    primary key (notification_id, channel, destination)
);
create index receipt_by_time on receipt (at desc, notification_id desc);
create index receipt_by_entity on receipt using gin (entities);

create table dead_letter (
    topic         text        not null,
    partition_id  int         not null,
    record_offset bigint      not null,
    service       text        not null,
    stage         text        not null,
    reason        text        not null,
    message       text        not null,
    key           text,
    size          int         not null,
    recorded_at   timestamptz not null,
    failed_at     timestamptz not null,
    primary key (topic, partition_id, record_offset, service, stage)
);
create index dead_letter_by_time on dead_letter (failed_at desc);
