-- How often in a row the receiver of a lane was said not to be there.
alter table troubles add column refused int not null default 0;
