package io.tokenwarden.graph;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// A value that never shows itself.
///
/// `toString` is redacted, Java serialisation is not offered, Jackson refuses to write it, and
/// `equals` takes the same time whatever it compares. The one way to the value is
/// [#revealSecret()]: whoever reads it can be found by that name, and there are two places that may
/// — the vault, and the call that leaves for Meta.
@JsonSerialize(using = Secret.Refusal.class)
public abstract sealed class Secret permits AccessToken, AppSecret, AppSecretProof {

  private final String value;

  /// Takes visible ASCII only, so that a secret can never break out of a header, a query or a log
  /// line.
  Secret(String value) {
    if (value == null || value.isEmpty()) {
      throw new IllegalArgumentException(getClass().getSimpleName() + " is empty");
    }
    if (!value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException(
          getClass().getSimpleName() + " holds characters other than visible ASCII");
    }
    this.value = value;
  }

  /// The value itself. Every caller is a place where a secret may leak: keep them few, and hand the
  /// result on at once.
  public final String revealSecret() {
    return value;
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof Secret that
        && getClass() == that.getClass()
        && MessageDigest.isEqual(bytes(), that.bytes());
  }

  @Override
  public final int hashCode() {
    return value.hashCode();
  }

  @Override
  public final String toString() {
    return getClass().getSimpleName() + "[****]";
  }

  final byte[] bytes() {
    return value.getBytes(StandardCharsets.US_ASCII);
  }

  /// Whoever really means to write a secret reveals it first.
  static final class Refusal extends StdSerializer<Secret> {

    Refusal() {
      super(Secret.class);
    }

    @Override
    public void serialize(Secret secret, JsonGenerator json, SerializerProvider provider)
        throws InvalidDefinitionException {
      throw InvalidDefinitionException.from(
          json,
          secret.getClass().getSimpleName() + " is never written as JSON",
          provider.constructType(handledType()));
    }
  }
}
