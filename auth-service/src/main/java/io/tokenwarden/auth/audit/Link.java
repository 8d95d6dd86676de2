package io.tokenwarden.auth.audit;

import io.vertx.mutiny.sqlclient.Row;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.regex.Pattern;

/// A place in the chain: how many entries lead here, and the hash that covers them all. Written
/// `42:` and 64 hex digits, it is what an auditor notes down, and can verify from later.
@SuppressWarnings("ArrayRecordComponent") // compared by equals, never handed out
record Link(long position, byte[] hash) {
  private static final int HASH_BYTES = 32;
  private static final Pattern FORM = Pattern.compile("([0-9]{1,18}):([0-9a-f]{64})");

  /// Before the first entry.
  static final Link START = new Link(0, new byte[HASH_BYTES]);

  Link {
    Objects.requireNonNull(hash, "hash");
  }

  /// From a row with `position` and `hash`.
  static Link of(Row row) {
    return new Link(row.getLong("position"), row.getBuffer("hash").getBytes());
  }

  /// @throws IllegalArgumentException if it is not written like one
  static Link parse(String text) {
    var parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("A place in the audit log is written POSITION:HASH");
    }
    return new Link(Long.parseLong(parts.group(1)), HexFormat.of().parseHex(parts.group(2)));
  }

  /// The place after this entry.
  Link then(Entry entry) {
    return new Link(position + 1, sha256(entry.canonical(this)));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java runtime has no SHA-256", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Link(var itsPosition, var itsHash)
        && position == itsPosition
        && MessageDigest.isEqual(hash, itsHash);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(position);
  }

  @Override
  public String toString() {
    return position + ":" + HexFormat.of().formatHex(hash);
  }
}
