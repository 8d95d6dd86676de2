package io.tokenwarden.sync.health;

import io.tokenwarden.contracts.ConnectionId;
import java.time.Instant;

/// A connection whose token is being verified: a call met an error that casts doubt on it, and
/// auth-service has not spoken since.
///
/// @param until when it is tried again even without an answer
public record Doubt(ConnectionId connection, Instant since, Instant until) {}
