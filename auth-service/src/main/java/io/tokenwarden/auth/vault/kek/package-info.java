/// The operator's key, which wraps the data keys of workspaces, wherever it is kept. Everything
/// else sees [io.tokenwarden.auth.vault.kek.KeyEncryptionKey] alone; the reference in
/// `TOKENWARDEN_VAULT_KEYSET` says by its scheme which one there is:
///
/// | scheme | the key is |
/// |---|---|
/// | `file:/path` | a Tink keyset in JSON, read again when a key is asked for that it did not hold, and before it wraps |
/// | `env:NAME` | the same in an environment variable; a change needs a restart |
/// | `vault-transit:https://…/v1/transit/keys/NAME?token=file:/path` | a key of HashiCorp Vault's Transit engine, which never leaves it |
///
/// A cloud's KMS is one more implementation of the interface and a line in
/// [io.tokenwarden.auth.vault.kek.OperatorKey]; none is built in, and start says so. Each
/// implementation passes `KeyEncryptionKeyContractTest`.
///
/// Start refuses a reference that is wrong. A key that is right but away lets the service start,
/// not ready until the key has answered once. After that the service stays ready while the key is
/// away: what was unwrapped lately is remembered for some minutes, and only requests that need more
/// are answered 503.
package io.tokenwarden.auth.vault.kek;
