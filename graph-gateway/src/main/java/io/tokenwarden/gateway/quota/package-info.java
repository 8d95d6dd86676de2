/// How much Meta lets us ask. A call has to do with several quotas: which ones its [QuotaScopes]
/// say.
///
/// ```
///   an answer ─▶ HeardAnswer ─▶ Holds ─▶ HoldLedger ─▶ quota_hold + graph.throttled ── NOTIFY ──▶ store.Feed ─▶ Holds of every replica
///   a call ────▶ Holds: may it leave?        └── after a hold, which call finds out whether it is over
/// ```
///
/// Every answer is heard, whether it succeeds or fails. What it calls used up nobody asks for until
/// [io.tokenwarden.graph.quota.HoldRule] says so. Then one call among all replicas goes first; once
/// it was answered, so do the others.
///
/// Asking [Holds] never waits, except for the call that goes first. Everything that writes runs on
/// the event loop, in a transaction of its own.
package io.tokenwarden.gateway.quota;
