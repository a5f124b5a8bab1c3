-- Where the name of a subject went, by the newest news of it.
alter table subject
    add column moved_to         text,
    add column deleted          boolean not null default false,
    add column whereabouts_at   timestamptz,
    add column whereabouts_rank int;
create index subject_by_moved_to on subject (moved_to) where moved_to is not null;
