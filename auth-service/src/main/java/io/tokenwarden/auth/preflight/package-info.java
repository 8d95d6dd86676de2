/// What a person checks before they reconnect or begin to work: named checks of one connection,
/// each with a sentence.
///
/// Most is read from what is known already; Meta is asked twice, for what may have changed since:
/// whether it serves the app, and for seven days of spend of one ad account. Nothing is written,
/// and nothing that is found here changes health. What Meta's API does not tell is
/// [io.tokenwarden.auth.preflight.Result#UNKNOWN]: neither a pass nor a failure, and it says where
/// a person can look.
package io.tokenwarden.auth.preflight;
