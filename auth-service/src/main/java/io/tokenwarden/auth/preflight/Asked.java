package io.tokenwarden.auth.preflight;

import io.tokenwarden.auth.meta.GraphAnswer;
import java.util.Optional;

/// What Meta said just now.
///
/// @param app of the app, asked with its own token; empty if nobody could ask
/// @param insights of one ad account's spend; empty if there was none to ask for
record Asked(Optional<GraphAnswer<String>> app, Optional<GraphAnswer<Boolean>> insights) {}
