/// Replaces tokens before they end, and has them checked on request.
///
/// ```
///            exchange            stored beside         debug_token,
///            or mint             the old one           smoke call
///   begin ───────────▶ new token ───────────▶ staged ───────────▶ promoted (+1 generation)
///     │                   │                     │ ▲ nothing proved:      │ rotation: the old one
///     │ cool-down,        │ refused,            │ └─ proved later        ▼ is revoked at Meta
///     ▼ under way         ▼ Meta away           ▼ rejected, not extended
///   nothing happens     the old token stays in use, the next attempt cools down
/// ```
///
/// [io.tokenwarden.auth.refresh.TokenRenewal] is the process. Each arrow that writes is one
/// transaction under the lock of the connection's row; no transaction is open while Meta is asked.
/// The row [io.tokenwarden.auth.refresh.Renewal] says who is at it, so that of any number of
/// replicas one is, and the generation decides whose outcome counts. Who is killed before the new
/// token is stored has lost a token nobody has used; who is killed after it is succeeded by
/// [io.tokenwarden.auth.refresh.RenewalWorker], which goes on from the staged token.
///
/// The smoke call reads seven days of spend of one ad account, with the staged token, by
/// [io.tokenwarden.auth.meta.MetaGraph] and not through graph-gateway: it inspects a credential
/// that nobody but auth-service may have yet, its result is thrown away, and HTTP between services
/// never runs from here to the gateway.
package io.tokenwarden.auth.refresh;
