-- Whether Meta serves a Meta app: the state with the largest revision.
create table app (
    app_id       text   primary key,
    -- of its owner; * for the operators' own
    workspace_id text   not null,
    revision     bigint not null,
    state        jsonb  not null
);

create index notification_open_app on notification (subject) where state = 'OPEN' and kind = 'APP_BLOCKED';
