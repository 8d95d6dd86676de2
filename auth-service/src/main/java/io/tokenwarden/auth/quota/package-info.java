/// What is used up at Meta for now, as graph-gateway announces it: heard by
/// [io.tokenwarden.auth.judge.Evidence], obeyed by [io.tokenwarden.auth.meta.MetaGraph].
package io.tokenwarden.auth.quota;
