/// sync-worker reads the insights of every ad account it may, keeps them with a ledger of which
/// days were read, and says when an account can no longer be read and when it can again.
///
/// ```
/// Kafka ─▶ health (merged states) ─▶ schedule (RUNNING or BLOCKED, and why) ─▶ Kafka
///                                       │ due
///                                       ▼
///               graph-gateway ◀── run ──▶ insights (rows and coverage) ─▶ Kafka
/// ```
///
/// A schedule's state is *derived* from the merged states of the connections that cover its
/// account, in the transaction that merged them; it is never switched by an event. A run is claimed
/// by one worker of one replica with a lease; it stores nothing once it has lost it.
///
/// Threads: everything runs on the event loop and returns `Uni`; nothing blocks.
package io.tokenwarden.sync;
