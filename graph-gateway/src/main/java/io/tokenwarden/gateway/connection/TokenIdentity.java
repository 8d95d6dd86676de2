package io.tokenwarden.gateway.connection;

import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.contracts.WorkspaceId;

/// One generation of a connection's token, and whose it is.
public record TokenIdentity(
    WorkspaceId workspace,
    ConnectionId connection,
    long generation,
    String appId,
    String metaUserId,
    TokenType tokenType) {}
