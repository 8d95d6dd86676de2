/// What goes back to the caller: Meta's answer without our secrets and with addresses of ours
/// ([AnswerFilter]), or our own in Graph's words ([Refusal]). First credentials are taken out, of
/// bytes, by a filter that knows no structure; then addresses are put in, into JSON.
///
/// A filter serves one answer on one thread; the rest is immutable.
package io.tokenwarden.gateway.answer;
