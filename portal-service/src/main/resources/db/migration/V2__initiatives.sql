-- What entities are to reach, and by when. Who is meant and how they stand is read from entities, results and transitions.
create table initiative (
    name        text primary key,
    title       text        not null,
    description text,
    owner       text,
    scorecard   text        not null,
    level       text,
    rules       text[]      not null,
    applies_to  text        not null,
    starts_at   timestamptz not null,
    due         timestamptz not null,
    applied_at  timestamptz not null,
    applied_by  text        not null
);
