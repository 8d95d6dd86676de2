/// How often this replica asks Meta again by itself.
///
/// A read that failed in a way that may pass is repeated twice at most. That helps while failures
/// are few; when Meta is ill as a whole, everybody's repetitions would treble what it has to bear.
/// So all calls of a replica share one budget: [io.tokenwarden.gateway.retry.RetryBudget].
package io.tokenwarden.gateway.retry;
