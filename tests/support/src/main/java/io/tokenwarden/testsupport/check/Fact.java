package io.tokenwarden.testsupport.check;

import io.tokenwarden.contracts.Event;
import io.tokenwarden.testsupport.ReceivedRecord;
import java.util.UUID;

/// One record of a topic, understood.
record Fact(ReceivedRecord record, UUID id, Event event) {

  /// Where it lies, and what it is about.
  @Override
  public String toString() {
    return record.place() + " (" + record.key() + ")";
  }
}
