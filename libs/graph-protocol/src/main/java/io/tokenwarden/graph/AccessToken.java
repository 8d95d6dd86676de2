package io.tokenwarden.graph;

import com.fasterxml.jackson.annotation.JsonCreator;

/// A Meta access token: user, system user, Page or app.
public final class AccessToken extends Secret {

  private AccessToken(String value) {
    super(value);
  }

  /// An access token as Meta gave it.
  ///
  /// @throws IllegalArgumentException if the value is empty or holds anything but visible ASCII;
  ///   the message does not repeat it
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static AccessToken of(String value) {
    return new AccessToken(value);
  }
}
