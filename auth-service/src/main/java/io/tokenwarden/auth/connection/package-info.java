/// Connections and their health. [Connection] is the row and the only place where health changes:
/// each transition gives the next revision. [Announcements] turns a changed row into the events
/// that say so.
package io.tokenwarden.auth.connection;
