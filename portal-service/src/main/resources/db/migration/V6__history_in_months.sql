-- History in months: one partition each, which goes as a whole when it is too old. The portal makes them ahead, and moves what
-- waits in the rest into them, so that what was recorded before this migration gets there the same way.
-- A key has to hold the time that decides about the partition; what else was unique is kept so by the projection.

alter table transition rename to transition_other;
create table transition (like transition_other) partition by range (at);
alter table transition add primary key (at, id);
create index on transition (entity, at desc, id desc);
create index on transition (scorecard, at desc, id desc);
create index on transition (owner, at desc, id desc);
create index on transition (delivery_id);
alter table transition attach partition transition_other default;

alter table delivery rename to delivery_other;
alter table delivery_other drop constraint delivery_pkey;
create table delivery (like delivery_other) partition by range (received_at);
alter table delivery add primary key (received_at, id, connection);
create index on delivery (id);
alter table delivery attach partition delivery_other default;
drop index delivery_by_time;

alter table told rename to told_other;
alter table told_other drop constraint told_pkey;
create table told (like told_other) partition by range (told_at);
alter table told add primary key (told_at, delivery_id, subject);
create index on told (delivery_id, subject);
alter table told attach partition told_other default;
drop index told_by_time;

alter table receipt rename to receipt_other;
alter table receipt_other drop constraint receipt_pkey;
create table receipt (like receipt_other) partition by range (at);
alter table receipt add primary key (at, notification_id, channel, destination);
create index on receipt (notification_id, channel, destination);
create index on receipt using gin (entities);
create index on receipt using gin (delivery_ids);
alter table receipt attach partition receipt_other default;
drop index receipt_by_time;

alter table audit rename to audit_other;
alter table audit_other drop constraint audit_pkey;
create table audit (like audit_other) partition by range (at);
alter table audit add primary key (at, topic, partition_id, record_offset);
create index on audit (about, at desc);
create index on audit (actor, at desc);
alter table audit attach partition audit_other default;
drop index audit_by_time;
