/// graph-gateway: every data call to Meta goes through here, and here alone.
///
/// A caller shows a handle, or its own bearer token and the name of a connection; the gateway adds
/// the credential, asks Meta, says what a failure means, and lets nothing of the credential come
/// back. A call that casts doubt on a token becomes evidence for auth-service, once, and the
/// generation rests until the verdict.
///
/// ```
///   caller ──▶ call ──▶ intake       the body, bounded
///               │ ├───▶ request      what is asked, canonically
///               │ ├───▶ handle       what does this handle open? (memory; asked of auth-service)
///               │ ├───▶ connection   may this connection call?  (memory; fed from token.health through PostgreSQL)
///               │ ├───▶ credential   with what?                 (memory; leased from auth-service)
///               │ ├───▶ quota        does Meta let us ask?      (memory; permits leased from PostgreSQL, holds fed through it)
///               │ ├───▶ Meta
///               │ ├───▶ retry        may it be asked again?     (memory)
///               │ └───▶ answer       what goes back
///               ├─────▶ connection   evidence, quarantine
///               └─────▶ audit        what callers tried that they may not do (told to auth-service)
/// ```
///
/// Threads: everything runs on the event loop. A call that succeeds touches no database and no
/// other service, except once a minute for its lease and for its handle, and where it finds no
/// permit in hand. An object that a handle with named assets reaches is looked up at Meta once.
package io.tokenwarden.gateway;
