-- Who depends on whom, asked from both ends.
create index entity_by_dependency on entity using gin ((details -> 'dependsOn'));

-- Which facts each delivery told about which subject; never a value. The way of a delivery leads over it.
create table told (
    delivery_id text        not null,
    subject     text        not null,
    facts       text[]      not null,
    told_at     timestamptz not null,
    primary key (delivery_id, subject)
);
create index told_by_time on told (told_at);
create index receipt_by_delivery on receipt using gin (delivery_ids);

create table connection (
    name             text primary key,
    source           text   not null,
    accepted         bigint not null,
    rejected         bigint not null,
    failed           bigint not null,
    last_accepted_at timestamptz,
    last_mapped_at   timestamptz,
    silent_since     timestamptz,
    rejecting_since  timestamptz,
    failing_since    timestamptz,
    details          jsonb  not null
);

-- Attestations and exemptions as they stand; their steps are read whole.
create table waiver (
    kind       text        not null,
    id         text        not null,
    entity     text        not null,
    rule       text        not null,
    scorecard  text,
    finding    text,
    reason     text        not null,
    state      text        not null,
    begun_at   timestamptz not null,
    begun_by   text        not null,
    expires_at timestamptz not null,
    steps      jsonb       not null,
    primary key (kind, id)
);
create index waiver_by_entity on waiver (entity);
create index waiver_by_time on waiver (begun_at desc, id desc);
