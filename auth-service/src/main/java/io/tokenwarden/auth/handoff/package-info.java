/// Every way in: the OAuth dance, as [RFC 9700](https://www.rfc-editor.org/rfc/rfc9700) asks for
/// it, and tokens that are pasted.
///
/// ```
/// program ──POST /auth/handoffs──▶ ticket ──browser──▶ start: state + browser secret (cookie)
///    ──▶ Meta's dialog ──▶ callback: state and browser must match, both are used up
///    ──▶ code → token → vetted → long-lived → stored, announced
/// ```
///
/// **Handoff.** Ticket, state, browser secret and code are good once, and kept as SHA-256 only. The
/// code is exchanged on the server, with PKCE. All apps share one redirect URI, and Meta is the
/// only authorization server: which app an answer is for is what the state says, so answers cannot
/// be mixed up. What is refused changes nothing but the audit log ([Rejection]); the person sees
/// one page for all refusals.
///
/// **Reconnect** is pinned to the connection's Meta user. When somebody else consents, their token
/// is let go of before it is made to last, and they are offered a connection of their own: one
/// click begins another handoff in the same browser. Meta remembers the consent, so the person has
/// nothing to grant twice, and nothing of theirs lies with us meanwhile. A *reconnect link* is a
/// ticket that is sent to the person; it lives for a day, and offers nothing else.
///
/// **Endings.** Denied: nothing changed. Partly granted: connected, with `MISSING_SCOPE`.
/// Abandoned: the handoff expires, and is forgotten after two days.
///
/// **Pasted tokens** pass the same checks ([TokenIntake]). Only what ends within hours is
/// exchanged.
package io.tokenwarden.auth.handoff;
