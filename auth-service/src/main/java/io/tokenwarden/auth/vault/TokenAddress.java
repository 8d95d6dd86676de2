package io.tokenwarden.auth.vault;

import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.WorkspaceId;
import java.nio.charset.StandardCharsets;

/// Where a token belongs. A sealed token opens at its own address only: rows cannot be swapped.
public record TokenAddress(WorkspaceId workspace, ConnectionId connection, long generation) {
  /// Where a token of the next generation is staged.
  public TokenAddress next() {
    return plus(1);
  }

  TokenAddress plus(long generations) {
    return new TokenAddress(workspace, connection, generation + generations);
  }

  byte[] binding() {
    return ("tokenwarden/token/v1\n" + workspace + "\n" + connection + "\n" + generation)
        .getBytes(StandardCharsets.UTF_8);
  }
}
