alter table reminders drop constraint reminders_kind_check;
alter table reminders add constraint reminders_kind_check
    check (kind in ('ATTESTATION_ENDS', 'EXEMPTION_ENDS', 'RULE_COUNTS', 'INITIATIVE_DUE', 'INITIATIVE_OVERDUE'));

-- What entities are to reach on a scorecard until a day: a level, or rules when it has none.
create table initiatives (
    name       text primary key,
    title      text        not null,
    scorecard  text        not null,
    level      text,
    rules      jsonb       not null,
    applies_to text        not null,
    due        timestamptz not null,
    applied_at timestamptz not null
);

-- Entities as the filters of initiatives see them.
create table described (
    ref        text primary key,
    view       text        not null,
    applied_at timestamptz not null
);
