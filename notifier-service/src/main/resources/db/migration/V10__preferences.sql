-- What owners say by page about how they are told, by annotation: it goes before the annotation of the catalogue.
create table preferences (
    owner      text primary key,
    said       jsonb       not null,
    changed_by text        not null,
    changed_at timestamptz not null
);
