-- A destination may be set up not to hear of a kind of message, and who reads an address may not want mail.
alter table deliveries drop constraint deliveries_state_check;
alter table deliveries add constraint deliveries_state_check
    check (state in ('READY', 'SENT', 'ACCEPTED', 'FAILED', 'SUPPRESSED'));
create index deliveries_failed on deliveries (destination) where state = 'FAILED';

-- When the bucket of tokens of a lane is full again.
create table paces (
    lane    text primary key,
    full_at timestamptz not null
);

-- Lanes whose last attempts failed because of the receiver. broken when somebody has to mend it.
create table troubles (
    lane     text primary key,
    failures int         not null,
    broken   boolean     not null,
    reason   text        not null,
    detail   text        not null,
    since    timestamptz not null,
    last_at  timestamptz not null
);

-- Mail addresses that want no mail, as digests.
create table unsubscribed (
    address text primary key,
    at      timestamptz not null
);
