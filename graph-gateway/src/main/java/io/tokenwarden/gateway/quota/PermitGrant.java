package io.tokenwarden.gateway.quota;

import java.time.Duration;

/// What the database answers to a [PermitTurn].
///
/// @param known false if the lease is over: all that was granted under it counts as used, and
///   nothing that is said of it is heard
/// @param permits may be used until [PermitLog#LEASE] after the turn was asked for
/// @param limit calls in one window; null if none is known
/// @param used calls that count in the window that ends now, of all replicas
/// @param leased permits that replicas have in hand or under way
/// @param sharers replicas that have some
/// @param nextFree until some are to be had; zero if there are some left now
record PermitGrant(
    boolean known,
    long permits,
    Long limit,
    long used,
    long leased,
    int sharers,
    Duration nextFree) {}
