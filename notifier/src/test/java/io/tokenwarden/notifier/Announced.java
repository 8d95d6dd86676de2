package io.tokenwarden.notifier;

import io.tokenwarden.contracts.Event;
import io.tokenwarden.contracts.EventCodec;
import io.tokenwarden.contracts.EventMeta;
import io.tokenwarden.testsupport.TopicWriter;
import java.time.Clock;
import java.util.Optional;

/// Announces facts on the shared broker as their services do.
public final class Announced {
  private Announced() {}

  public static void on(TopicWriter writer, Event... events) {
    for (var event : events) {
      var meta = EventMeta.now(event.topic().producer(), Clock.systemUTC(), Optional.empty());
      var record = EventCodec.encode(meta, event);
      writer.write(record.topic(), record.key(), record.value(), record.headers());
    }
  }
}
