package io.tokenwarden.twin.limits;

/// What one quota under a limit has seen since the limit was set.
///
/// @param refused calls turned away, for want of room here or in another quota they also use
/// @param hidden what others used up
/// @param duringBlock calls that came before the time was over that a refused caller had been told
/// @param worstWindow the most calls, refused ones included, that came within one window; how far
///   it is above the limit is how far the callers overshot
/// @param percent how much of the limit is used now, in whole per cent, rounded up
public record Meter(
    String quota,
    long admitted,
    long refused,
    long hidden,
    long duringBlock,
    int worstWindow,
    int percent) {}
