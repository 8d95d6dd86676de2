package io.tokenwarden.graph;

import com.fasterxml.jackson.annotation.JsonCreator;

/// The secret of a Meta app: it signs [AppSecretProof], webhooks and signed requests.
public final class AppSecret extends Secret {

  private AppSecret(String value) {
    super(value);
  }

  /// An app secret as the operator gave it.
  ///
  /// @throws IllegalArgumentException if the value is empty or holds anything but visible ASCII;
  ///   the message does not repeat it
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static AppSecret of(String value) {
    return new AppSecret(value);
  }
}
