package io.tokenwarden.outbox;

import java.time.Instant;

/// A row that this replica may work on.
///
/// @param by to be written into the row, in the transaction that leased it
/// @param until likewise
public record Leased<R>(R row, LeaseHolder by, Instant until) {}
