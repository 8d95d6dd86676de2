package io.tokenwarden.twin.control;

import io.tokenwarden.twin.world.IssuedToken;
import java.time.Instant;

/// A token in the one answer that tells its value.
///
/// @param expiresAt null for never
public record HandedOut(String label, String kind, String accessToken, Instant expiresAt) {

  static HandedOut of(IssuedToken token) {
    return new HandedOut(
        token.label(), token.kind().label(), token.value().reveal(), token.expiresAt());
  }

  @Override
  public String toString() {
    return "HandedOut[label=" + label + ", ****]";
  }
}
