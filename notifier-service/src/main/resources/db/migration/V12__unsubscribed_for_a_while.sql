-- Who wants no mail may say until when, and why; without an end it is for good.
alter table unsubscribed add column until timestamptz;
alter table unsubscribed add column reason text not null default '';
