package io.tokenwarden.auth.judge;

import java.util.UUID;

/// A question that is this replica's to ask.
///
/// @param attempt fences what follows: whoever claimed it later settles it
record ClaimedQuestion(UUID id, int attempt) {}
