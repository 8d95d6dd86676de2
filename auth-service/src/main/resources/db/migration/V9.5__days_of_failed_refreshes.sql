-- An outage costs a day of failures, however often a refresh was tried meanwhile.
alter table connection
    add column refresh_failed_days integer not null default 0,
    add column refresh_failed_on   date;
