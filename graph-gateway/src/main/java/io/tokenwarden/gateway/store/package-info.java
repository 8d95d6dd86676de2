/// How replicas share what they know. Whatever one of them commits, [Feed] brings into the memory
/// of all, so that no call has to ask the database: each [Table] says what is read and who learns
/// it. What is written on behalf of a call, yet outlives it, runs in [Transactions] of its own.
///
/// Runs on the event loop.
package io.tokenwarden.gateway.store;
