/// Where tokens are kept. Each workspace has a data key of its own, wrapped by the operator's key:
/// deleting the data key makes every token of that workspace unreadable for ever.
///
/// ```
/// operator's keyset (KEK) ──wraps──▶ workspace data key (DEK) ──seals──▶ access token
///                                    associated data:          │         associated data:
///                                    workspace                 │         workspace, connection, generation
///                                                              └──seals──▶ other secrets
///                                                                          workspace, purpose, id
/// ```
///
/// [io.tokenwarden.auth.vault.Vault] keeps tokens, [io.tokenwarden.auth.vault.SealedSecrets] what
/// else a workspace must not show. What is sealed is one byte of format version (1), then Tink's
/// AES-256-GCM ciphertext, which begins with the id of its key.
package io.tokenwarden.auth.vault;
