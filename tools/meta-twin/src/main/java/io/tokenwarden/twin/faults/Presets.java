package io.tokenwarden.twin.faults;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/// The ready-made answers of `presets.json`, in its order.
@Singleton
public final class Presets {

  private final List<Preset> all;

  @Inject
  Presets(ObjectMapper json) {
    try (var file = Presets.class.getResourceAsStream("/presets.json")) {
      this.all = json.readValue(file, new TypeReference<>() {});
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read presets.json", e);
    }
  }

  public List<Preset> all() {
    return all;
  }

  public Optional<Preset> named(String name) {
    return all.stream().filter(preset -> preset.name().equals(name)).findFirst();
  }
}
