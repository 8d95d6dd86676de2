package io.tokenwarden.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// Names one connection for its whole life; a reconnect keeps it.
public record ConnectionId(UUID value) {
  public ConnectionId {
    if (value == null) {
      throw new IllegalArgumentException("A connection id is a UUID");
    }
  }

  /// @throws IllegalArgumentException if the text is no UUID in its canonical form
  @JsonCreator
  public static ConnectionId of(String text) {
    var id = UUID.fromString(text);
    if (!id.toString().equalsIgnoreCase(text)) {
      throw new IllegalArgumentException("A connection id is a UUID in its canonical form");
    }
    return new ConnectionId(id);
  }

  @Override
  @JsonValue
  public String toString() {
    return value.toString();
  }
}
