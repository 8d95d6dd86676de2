/// What Meta is like, and nothing about how we run: secrets as types, what a failed answer means,
/// what an inspection says.
///
/// - [io.tokenwarden.graph.AccessToken], [io.tokenwarden.graph.AppSecret],
///   [io.tokenwarden.graph.AppSecretProof]: never show themselves; read only by `revealSecret()`.
///
/// Everything is immutable and free of I/O, so it may be used from any thread, the event loop
/// included.
package io.tokenwarden.graph;
