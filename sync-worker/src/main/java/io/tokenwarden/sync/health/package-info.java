/// What auth-service said last about connections and ad accounts, and what follows from it for
/// reading insights.
///
/// [io.tokenwarden.sync.health.MergedHealth] keeps, for each connection and for each ad account as
/// a connection sees it, the state with the largest revision.
/// [io.tokenwarden.sync.health.Readability] is the rule: a pure function of these states.
package io.tokenwarden.sync.health;
