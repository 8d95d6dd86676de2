/// How connections end: disconnected or archived by an operator, or at Meta by the person.
///
/// ```
/// CONNECTED ──▶ DISCONNECTED ──▶ ARCHIVED        each a new generation; the token cannot be lent
///     ▲               │              │            any more from the commit on
///     └──reconnected──┴──────────────┘
/// ```
///
/// [io.tokenwarden.auth.ending.Ends] ends a connection within the caller's transaction. Whether the
/// token dies at Meta, too, is another matter: it is revoked only under an app that the workspace
/// owns. Under the operator's app that would end the same person's connections elsewhere, so the
/// token is shredded at once and the person told how to remove the app. A
/// [io.tokenwarden.auth.ending.Revocation] is a row: the token is kept, out of reach, until Meta
/// has answered or an hour is over, and then shredded, whether it could be opened or not.
/// `token.disconnected` is said when it is known how that went.
///
/// A rotated token ends here, too, once its successor has worked. And
/// [io.tokenwarden.auth.ending.Shredding] ends a whole workspace: its key is deleted, and its
/// connections are disconnected in the same transaction.
