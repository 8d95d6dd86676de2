/// How much Meta lets us ask. A call has to do with several quotas: which ones its [QuotaScopes]
/// say. Two things keep it within them: what we count ourselves, and what Meta tells.
///
/// **Permits.** Of each quota it uses up, a call takes one before it leaves, and says when it is
/// over:
///
/// ```
///   call ──▶ Quotas ──▶ Quota ────────▶ PermitLog       memory of this replica
///                │       lanes, waiting   permits and leases
///                └─────▶ Turns ───────────────────────▶ quota_turn   what all replicas use together
/// ```
///
/// [QuotaRules] are the limits we were told. A quota without one is counted all the same, and its
/// calls wait for nobody but the database. [Quota] and [PermitLog] are pure; their times are
/// nanoseconds of this replica's monotonic clock, and the only other clock is that of the database.
/// Calls come on any event loop. What they wait for completes on that of a turn or a timer.
///
/// **Holds.**
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
