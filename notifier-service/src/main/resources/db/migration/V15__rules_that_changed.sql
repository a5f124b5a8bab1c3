-- Rules of a transition, as body has it, whose outcome is another one: not those of which only the words changed.
create function changed_rules(body jsonb) returns setof text language sql immutable parallel safe as $$
    select rule #>> '{}' from jsonb_path_query(body, '$.changes[*] ? (@.before != @.after).rule') as rule
$$;
