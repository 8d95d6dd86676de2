/// The only owner of tokens and the only judge of their health.
///
/// A person comes in through [io.tokenwarden.auth.handoff]; what Meta issues is kept in
/// [io.tokenwarden.auth.vault] and lent to the gateway by [io.tokenwarden.auth.lease]. Health lives
/// on [io.tokenwarden.auth.connection.Connection], whose transitions are the only way to change it,
/// and [io.tokenwarden.auth.registry] keeps connections and announces what became of them. Evidence
/// of others becomes a question to Meta in [io.tokenwarden.auth.judge], and the answer a verdict by
/// the rules of [io.tokenwarden.auth.verdict]. What a connection reaches is kept in
/// [io.tokenwarden.auth.asset] and arrives in [io.tokenwarden.auth.access]. Apps at Meta are in
/// [io.tokenwarden.auth.app], permissions and what they are good for in
/// [io.tokenwarden.auth.scope].
///
/// [io.tokenwarden.auth.handle] gives out keys with less power than a connection has. Meta itself
/// calls in at [io.tokenwarden.auth.callback], and a connection ends in
/// [io.tokenwarden.auth.ending], whoever ends it. [io.tokenwarden.auth.refresh] replaces tokens
/// before they end, [io.tokenwarden.auth.preflight] looks a connection over. All of it is on record
/// in [io.tokenwarden.auth.audit].
///
/// Everything touches the database through Hibernate Reactive and runs on the event loop. No
/// transaction is open while Meta is called.
package io.tokenwarden.auth;
