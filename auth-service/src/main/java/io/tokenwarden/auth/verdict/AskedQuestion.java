package io.tokenwarden.auth.verdict;

import io.tokenwarden.auth.app.MetaApp;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.graph.AccessToken;
import java.util.UUID;

/// A claimed question with all that is needed to ask it.
///
/// @param attempt fences the settlement: whoever claimed it later settles it
record AskedQuestion(
    UUID id,
    int attempt,
    ConnectionId connection,
    long generation,
    MetaApp app,
    AccessToken token) {}
