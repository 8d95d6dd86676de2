create index connection_state_workspace on connection_state (workspace_id);
