package io.tokenwarden.notifier.projection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.UncheckedIOException;

/// States as they are stored. Members that a newer version added are passed over, so that versions
/// can run side by side.
@ApplicationScoped
class StateJson {
  private final ObjectMapper json;

  @Inject
  StateJson(ObjectMapper json) {
    this.json = json;
  }

  String write(Object state) {
    try {
      return json.writeValueAsString(state);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("Cannot write a " + state.getClass().getSimpleName(), e);
    }
  }

  <T> T read(Class<T> type, String stored) {
    try {
      return json.readValue(stored, type);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("Cannot read a stored " + type.getSimpleName(), e);
    }
  }
}
