package io.tokenwarden.auth.handle;

import io.tokenwarden.auth.connection.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A handle somebody wants.
///
/// @param assets the only assets it is to reach; empty for all
record Minting(
    Connection connection, Access access, Optional<List<String>> assets, Instant expiresAt) {}
