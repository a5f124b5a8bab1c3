-- What people sort long lists by, whole, so that each piece begins in the index. By time has the primary key, and the audit
-- log by what it is about an index that is near enough: what is equal there is little.
create index on delivery (connection, received_at, id);
create index on delivery (size, received_at, id, connection);
create index on receipt (destination, at, notification_id, channel);
create index on receipt ((coalesce(owner, '~')), at, notification_id, channel, destination);
create index on audit ((coalesce(actor, '~')), at, topic, partition_id, record_offset);
