package io.tokenwarden.twin.limits;

import java.util.Map;
import java.util.Optional;

/// Whether a call is let through, and how full its quotas are with it.
///
/// @param refusedBy the quota that had no room; empty if the call is let through
/// @param readings of those of its quotas that are limited
public record Verdict(Optional<Quota> refusedBy, Map<Quota, Reading> readings) {}
