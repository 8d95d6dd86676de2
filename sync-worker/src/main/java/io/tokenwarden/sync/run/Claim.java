package io.tokenwarden.sync.run;

import io.tokenwarden.contracts.AdAccountId;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.WorkspaceId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;

/// The right of one run to read one schedule's days, as long as it renews its lease.
///
/// @param full whether all that is not final is read
record Claim(
    long schedule,
    UUID lease,
    WorkspaceId workspace,
    AdAccountId adAccount,
    ZoneId zone,
    ConnectionId via,
    LocalDate wantedFrom,
    boolean full,
    Instant startedAt) {}
