-- Levels by day: what came, went or changed its level, found without the wide rows of everything else that happened.
create index on transition (scorecard, at) include (level_before, level_after, score_before, score_after)
    where score_before is null or score_after is null or level_before is distinct from level_after;
