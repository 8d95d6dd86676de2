-- Which of its workspace's data keys a sealed value begins with: one byte of our format, one byte of
-- Tink's, then the key's id (big-endian).
create function sealed_key_id(sealed bytea) returns bigint language sql immutable strict as
$$
    select (get_byte(sealed, 2)::bigint << 24) | (get_byte(sealed, 3)::bigint << 16)
         | (get_byte(sealed, 4)::bigint << 8) | get_byte(sealed, 5)::bigint
$$;

-- Secrets of a workspace that are no access tokens, such as those of its own Meta apps. Only ever
-- ciphertext.
create table sealed_secret (
    workspace_id text        not null,
    purpose      text        not null,
    secret_id    text        not null,
    sealed       bytea       not null,
    created_at   timestamptz not null,
    primary key (workspace_id, purpose, secret_id)
);
