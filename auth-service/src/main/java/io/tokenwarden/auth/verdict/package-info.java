/// From evidence to verdict.
///
/// [Evidence] of others never changes health: it opens a [Question], a row that survives any crash.
/// [Questions] picks due questions up, asks Meta outside any transaction, lets [Verdict#of] decide,
/// and [Settlement] writes the verdict down under the lock of the connection, if the generation is
/// still the one that was asked about.
package io.tokenwarden.auth.verdict;
