/// What Meta is like, and nothing about how we run it.
///
/// - [AccessToken], [AppSecret] and [AppSecretProof] are secrets: they never show themselves and
///   are read by `revealSecret()` alone. [Redaction] takes what looks like one out of Meta's texts.
/// - [GraphError] finds the failure in an answer, whatever shape it came in; its [Meaning] says
///   what to do next. The knowledge is one table, [ErrorTaxonomy].
/// - [AppSignature] and [SignedRequest] tell what Meta signed from what somebody else made up.
/// - [Inspection] is what `debug_token` says of a token.
/// - How far Meta's quotas are used, and how long nobody asks once one is used up, is in
///   [io.tokenwarden.graph.quota].
/// - Until when Meta serves which version is in [io.tokenwarden.graph.version].
///
/// Everything is immutable and free of I/O, so it may be used from any thread, the event loop
/// included.
package io.tokenwarden.graph;
