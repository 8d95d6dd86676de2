/// Connections and their health. [Connection] is the row and the only place where health changes:
/// each transition gives the next revision. What is wrong is in [Conditions], what will be over in
/// [Clocks]. [Announcements] turns a changed row into the events that say so, and [Journal] keeps
/// every revision with how it came about.
package io.tokenwarden.auth.connection;
