-- The trace that a notification continues, as the header traceparent writes it: that of the transition that began it.
alter table notifications add column trace_parent text;
