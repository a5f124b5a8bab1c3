-- Each time that a connection was silent for longer than usual, with the notifications that tell it and its end. as_of is when the
-- record that began it was written: what was written before changes nothing of it.
create table silent_connections (
    connection  text        not null,
    since       timestamptz not null,
    source      text        not null,
    last_at     timestamptz,
    owner       text,
    as_of       timestamptz not null,
    ended_at    timestamptz,
    told_by     text references notifications (id) on delete set null,
    end_told_by text references notifications (id) on delete set null,
    primary key (connection, since)
);
create unique index silent_connections_open on silent_connections (connection) where ended_at is null;
create index silent_connections_told on silent_connections (told_by);
create index silent_connections_end_told on silent_connections (end_told_by);
