/// The OAuth dance, as [RFC 9700](https://www.rfc-editor.org/rfc/rfc9700) asks for it.
///
/// ```
/// program ──POST /auth/handoffs──▶ ticket ──browser──▶ start: state + browser secret (cookie)
///    ──▶ Meta's dialog ──▶ callback: state and browser must match, both are used up
///    ──▶ code → short-lived token → long-lived token → inspection → stored, announced
/// ```
///
/// Ticket, state and browser secret are random, single-use, and kept as SHA-256 only. The code is
/// exchanged on the server, with PKCE.
package io.tokenwarden.auth.handoff;
