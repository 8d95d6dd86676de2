package io.tokenwarden.refresher.due;

import io.tokenwarden.contracts.ConnectionId;
import java.util.UUID;

/// The right of one worker to do one piece of work, until its lease runs out.
record Claim(long row, UUID lease, ConnectionId connection, WorkKind kind, long generation) {}
