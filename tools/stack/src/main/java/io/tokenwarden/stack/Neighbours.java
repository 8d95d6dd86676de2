package io.tokenwarden.stack;

/// Where one service finds what it stands on and whom it calls. Each may be given addresses of its
/// own: a replica, or a detour through a proxy.
///
/// @param postgres `host:port`
/// @param kafka bootstrap servers, as `host:port`
/// @param issuer the OIDC issuer's address, which is also its name
/// @param authService its address
/// @param graphGateway its address
/// @param meta the twin's address; counts only if the stack has a twin
/// @param console the public address, as people and links know it
public record Neighbours(
    String postgres,
    String kafka,
    String issuer,
    String authService,
    String graphGateway,
    String meta,
    String console) {}
