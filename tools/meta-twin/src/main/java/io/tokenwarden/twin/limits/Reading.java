package io.tokenwarden.twin.limits;

import java.time.Duration;

/// How full a quota is.
///
/// @param percent in whole per cent, rounded up; above 100 where refused calls count
/// @param regain until the next call is let through, as Meta tells it; zero while there is room
public record Reading(int percent, Duration regain) {}
