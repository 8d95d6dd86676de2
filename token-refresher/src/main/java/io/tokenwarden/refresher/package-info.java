/// token-refresher owns *when*: it decides when the access of a connection is checked and when its
/// token is refreshed or rotated, and has it done by those who can. It never holds a token and
/// never judges health: what it finds out it hands to auth-service, fenced by the generation it was
/// found with.
///
/// ```
/// Kafka ─▶ connection (merged state) ─▶ due (what to do, when) ─┬▶ access ──▶ graph-gateway
///                                                               │        └─▶ auth-service
///                                                               └▶ renewal ─▶ auth-service
/// ```
///
/// [io.tokenwarden.refresher.ConnectionEvents] merges each connection's state and derives what is
/// due from it, in one transaction. [io.tokenwarden.refresher.due.DueWorker] picks due work up, one
/// replica at a time, and has it done by the [io.tokenwarden.refresher.due.Work] of its kind.
///
/// Threads: everything runs on the event loop and returns `Uni`; nothing blocks.
package io.tokenwarden.refresher;
