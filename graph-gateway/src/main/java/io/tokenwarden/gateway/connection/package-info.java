/// What is known of connections, and what is in doubt.
///
/// ```
///   token.health ──▶ HealthEvents ──▶ connection_health ─┐ NOTIFY
///   a failed call ─▶ Evidence ──────▶ doubt + outbox ────┴──────▶ ConnectionFeed ──▶ Connections (memory of each replica)
/// ```
///
/// [HealthEvents] keeps the record with the largest revision. A [Doubt] stands until something
/// newer is known. Reading [Connections] never waits; everything that writes runs on the event
/// loop, in a transaction of its own.
package io.tokenwarden.gateway.connection;
