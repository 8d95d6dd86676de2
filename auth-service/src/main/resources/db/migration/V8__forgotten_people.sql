-- Not all of the person's data was deleted: they had connected anew since they asked.
alter table meta_callback add column consented_since boolean not null default false;

-- Whom a message was about is forgotten once it is done.
update meta_callback set subject = null where done_at is not null and kind <> 'AD_ACCOUNT';
