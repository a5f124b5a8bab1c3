-- Who did what, when, from where, by the topics; one row a record that changed something, deleted when it is too old.
create table audit (
    topic         text        not null,
    partition_id  int         not null,
    record_offset bigint      not null,
    at            timestamptz not null,
    actor         text,
    action        text        not null,
    kind          text        not null,
    about         text        not null,
    rule          text,
    scorecard     text,
    before        text,
    after         text,
    comment       text,
    source        text,
    request_id    text,
    primary key (topic, partition_id, record_offset)
);
create index audit_by_time on audit (at desc, topic desc, partition_id desc, record_offset desc);
create index audit_by_about on audit (about, at desc);
create index audit_by_actor on audit (actor, at desc);
