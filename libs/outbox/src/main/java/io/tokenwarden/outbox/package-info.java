/// How a service speaks and listens on Kafka without ever losing a fact or letting one take effect
/// twice.
///
/// *Speaking*: [Outbox] writes the event in the transaction of the state change; [OutboxRelay], in
/// one replica of the service at a time, sends it and deletes the row once Kafka has acknowledged
/// it. A record may be sent twice; it is never lost.
///
/// *Listening*: [RecordConsumer] decodes each record and hands the fact to the service's
/// [EventHandler] inside one transaction with the [Inbox], so that a record read twice takes effect
/// once. Only what cannot be decoded, or what failed three times while the database was there, goes
/// to the dead-letter topic; while the database is away, consumption waits.
///
/// *Merging*: [Merge] keeps the newest state of each thing, whoever else merges at the same time.
///
/// *Waking*: [DatabaseSignals] tells every replica what any of them committed, and a [Worker] picks
/// up rows that are due, woken or not. One connection of each replica ([Replica]) hears the signals
/// and holds the lock of the one that relays.
///
/// *Sharing*: [Leasing] gives each row that is due ([DueRows]) to one replica at a time; what is
/// leased under a replica's connection is free when that ends ([LeaseHolder]).
///
/// Everything runs on the event loop, but for the producer's own sending thread.
package io.tokenwarden.outbox;
