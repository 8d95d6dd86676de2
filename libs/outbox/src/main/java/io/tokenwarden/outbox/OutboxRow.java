package io.tokenwarden.outbox;

import io.vertx.mutiny.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// A fact that waits to be sent.
@SuppressWarnings("ArrayRecordComponent") // a record's bytes, handed on and never compared
record OutboxRow(long id, String topic, String key, Headers headers, byte[] value) {

  static OutboxRow of(Row row) {
    var headers = new RecordHeaders();
    for (var header : row.getJsonObject("headers")) {
      headers.add(header.getKey(), header.getValue().toString().getBytes(StandardCharsets.UTF_8));
    }
    return new OutboxRow(
        row.getLong("id"),
        row.getString("topic"),
        row.getString("record_key"),
        headers,
        row.getBuffer("value").getBytes());
  }
}
