/// Tells auth-service, which keeps the audit log, what this replica refused because it was more
/// than the caller may do.
///
/// Nothing waits for it. Anybody can be refused as often as they like, so what is alike is counted
/// together ([AttemptTally]) and told at once the first time, then once a minute, by
/// [io.tokenwarden.gateway.audit.Attempts].
package io.tokenwarden.gateway.audit;
