/// What is known of connections, and what is in doubt.
///
/// ```
///   token.health, app.* ─▶ HealthEvents ─▶ connection_health, app_standing ─┐ NOTIFY
///   a failed call ─┬─────▶ Evidence ─────▶ doubt + outbox ──────────────────┴──────▶ store.Feed ──▶ Connections (memory of each replica)
///                  └─────▶ Suspicions ───▶ suspicion + outbox
/// ```
///
/// [HealthEvents] keeps the record with the largest revision. A [Doubt] stands until something
/// newer is known. What is suspected of anything but the token holds nothing back; a blocked app
/// holds back every call of its connections until auth-service, which asks every minute, says that
/// it is over. Reading [Connections] never waits; everything that writes runs on the event loop, in
/// a transaction of its own.
package io.tokenwarden.gateway.connection;
