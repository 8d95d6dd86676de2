package io.tokenwarden.gateway.request;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/// Something that has the form of a handle, as a caller showed it. It never shows itself.
///
/// @param value secret
public record PresentedHandle(String value) {
  private static final Pattern FORM = Pattern.compile("twh_[A-Za-z0-9_-]{43}");

  public PresentedHandle {
    if (value == null || !FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("Not of the form of a handle");
    }
  }

  /// @return empty if it cannot be a handle
  public static Optional<PresentedHandle> parse(String text) {
    return Optional.ofNullable(text)
        .filter(value -> FORM.matcher(value).matches())
        .map(PresentedHandle::new);
  }

  /// What it is remembered by: its SHA-256.
  public String hash() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java runtime has no SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "PresentedHandle[****]";
  }
}
