/// What goes back to the caller: Meta's answer without our secrets ([AnswerFilter]), or our own in
/// Graph's words ([Refusal]). A filter serves one answer on one thread; the rest is immutable.
package io.tokenwarden.gateway.answer;
