/// One run of one schedule: which days to read, reading them, and when to run again.
///
/// ```
/// RunWorker ─claim─▶ Runs (lease)
///     │
///     └─▶ SyncRun ── RunPlan: pieces of days, newest first
///            │          for each piece: pages ─▶ graph-gateway
///            │                          store, under the lease (fence)
///            └─▶ RunOutcome ─settle─▶ Runs (when to run again)
/// ```
///
/// The lease is short and renewed with every page: after `kill -9` another worker goes on within a
/// minute, at the days that are still missing.
package io.tokenwarden.sync.run;
