/// Real servers as child processes, from Maven artifacts alone: [io.tokenwarden.embedded.Postgres],
/// [io.tokenwarden.embedded.KafkaBroker] and [io.tokenwarden.embedded.LocalIssuer]. The local stack
/// and the tests run on them, so both meet what production meets: a server that can be killed,
/// frozen, and started again on the data it had committed.
///
/// What the processes are made of lies under `tools/parts` and is found by
/// [io.tokenwarden.embedded.Parts]. On top of a running server, [io.tokenwarden.embedded.Schemas]
/// creates the database, roles and schemas, [io.tokenwarden.embedded.Topics] the topics of the
/// table in `contracts`.
///
/// Everything listens on the loopback address only. All calls block; each instance is to be used by
/// one thread at a time, except `kill`, `stop` and `close`, which any thread may call. When the JVM
/// ends, so do its children ([io.tokenwarden.embedded.ChildProcess]); after a kill -9 of the JVM
/// they live on, and the next server started on the same data folder ends them first.
package io.tokenwarden.embedded;
