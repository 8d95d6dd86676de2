/// Credentials on loan from auth-service: [Leases] keeps each for at most a minute, in memory
/// alone. The values are seen in one place, where the call to Meta is written. Asked on any event
/// loop; the bookkeeping is safe for all of them.
package io.tokenwarden.gateway.credential;
