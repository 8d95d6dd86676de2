/// What a connection is, and how it may change: rules alone, which know no database and call
/// nobody.
///
/// [Connection] is the row and the only place where health changes: each transition gives the next
/// revision. What is wrong is in [Conditions], what will be over in [Clocks]; a [ClockReading] is
/// what they had to say, a [ScopeChange] how permissions differ, [Grants] what a person shared, and
/// [TokenPolicy] what we ask of tokens beside Meta. An [Origin] says how a revision came about.
///
/// Connections are kept, announced and shown in [io.tokenwarden.auth.registry].
package io.tokenwarden.auth.connection;
