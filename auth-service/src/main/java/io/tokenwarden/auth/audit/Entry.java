package io.tokenwarden.auth.audit;

import io.vertx.mutiny.sqlclient.Row;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/// Who did what, when.
///
/// @param at to the microsecond, as the database keeps it
/// @param connection null where the action concerns none
record Entry(
    long id,
    Instant at,
    String actor,
    String action,
    String workspace,
    UUID connection,
    String detail) {
  private static final String FORMAT = "tokenwarden/audit/v1";

  /// From a row with the columns of the table.
  static Entry of(Row row) {
    return new Entry(
        row.getLong("id"),
        row.getOffsetDateTime("at").toInstant(),
        row.getString("actor"),
        row.getString("action"),
        row.getString("workspace_id"),
        row.getUUID("connection_id"),
        row.getString("detail"));
  }

  /// What the hash of the entry at that place of the chain is taken over. Numbers are big-endian; a
  /// text is its length in UTF-8 bytes, then those bytes:
  ///
  /// ```
  /// text    "tokenwarden/audit/v1"
  /// 32      hash of the entry before; of the first entry: zeros
  /// int64   position, from 1
  /// int64   id
  /// int64   at, microseconds since 1970-01-01T00:00:00Z
  /// text    actor
  /// text    action
  /// text    workspace, `*` where the action concerns none
  /// text    connection, empty where the action concerns none
  /// text    detail
  /// text  = int32 length, bytes
  /// ```
  byte[] canonical(Link before) {
    var bytes = new ByteArrayOutputStream(256);
    try (var out = new DataOutputStream(bytes)) {
      text(out, FORMAT);
      out.write(before.hash());
      out.writeLong(before.position() + 1);
      out.writeLong(id);
      out.writeLong(ChronoUnit.MICROS.between(Instant.EPOCH, at));
      text(out, actor);
      text(out, action);
      text(out, workspace);
      text(out, connection == null ? "" : connection.toString());
      text(out, detail);
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes whatever is written", e);
    }
    return bytes.toByteArray();
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }
}
