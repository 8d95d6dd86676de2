package io.tokenwarden.auth.vault;

import io.tokenwarden.contracts.WorkspaceId;
import java.nio.charset.StandardCharsets;

/// Where a secret of a workspace belongs. A sealed secret opens at its own address only: rows
/// cannot be swapped.
///
/// @param id which of its kind, such as the app's id
public record SecretAddress(WorkspaceId workspace, Purpose purpose, String id) {

  /// What a secret is for. The names are part of what is sealed: they never change.
  public enum Purpose {
    META_APP_SECRET,
    WEBHOOK_VERIFY_TOKEN
  }

  byte[] binding() {
    return ("tokenwarden/secret/v1\n" + workspace + "\n" + purpose + "\n" + id)
        .getBytes(StandardCharsets.UTF_8);
  }
}
