/// The registry of connections. [Connections] finds, locks and stores the rows, whose rules are in
/// [io.tokenwarden.auth.connection]. [Announcements] turns a changed row into the events that say
/// so, and [Journal] keeps every revision with how it came about. [ConnectionsResource] shows them,
/// and [ConnectionIds] is why an unknown one and a foreign one look the same.
package io.tokenwarden.auth.registry;
