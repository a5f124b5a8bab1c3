-- What people did, on its way to the audit trail: written with the deed, published after.
create table audit (
    seq          bigint generated always as identity primary key,
    body         jsonb       not null,
    created_at   timestamptz not null,
    published_at timestamptz
);
create index audit_unpublished on audit (seq) where published_at is null;
