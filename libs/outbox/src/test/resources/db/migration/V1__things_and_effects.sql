-- State that facts speak of.
create table thing (
    id text primary key
);

-- What facts did here. Without a key on purpose: an effect that happens twice is seen twice.
create table effect (
    event_id uuid not null,
    subject  text not null
);
