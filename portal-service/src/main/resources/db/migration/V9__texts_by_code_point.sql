-- Texts are ordered by code point, whatever the collation of the database: lists, their cursors and the indexes of both mean
-- the same everywhere. Rows stay as they are; the indexes are made anew.
do $$
declare
    each record;
begin
    for each in
        select it.oid::regclass as relation,
            string_agg(format('alter column %I type text collate "C"', attname), ', ' order by attnum) as changes
        from pg_class it join pg_attribute on attrelid = it.oid
        where relnamespace = current_schema()::regnamespace and relname in ('projected_position', 'entity', 'claim',
            'scorecard', 'result', 'transition', 'subject', 'delivery', 'told', 'receipt', 'dead_letter', 'initiative',
            'audit', 'connection', 'waiver')
        and attnum > 0 and not attisdropped and atttypid = 'text'::regtype
        group by it.oid
    loop
        execute format('alter table %s %s', each.relation, each.changes);
    end loop;
end
$$;
