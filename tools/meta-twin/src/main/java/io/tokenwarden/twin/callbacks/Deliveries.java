package io.tokenwarden.twin.callbacks;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenwarden.twin.TwinConfig;
import io.tokenwarden.twin.world.PrivateFiles;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;

/// The latest deliveries, oldest first, on disk before anybody sees them.
@Singleton
public final class Deliveries {

  private static final int KEPT = 1_000;

  private final ObjectMapper json;
  private final Path file;
  private List<Delivery> all;

  @Inject
  Deliveries(TwinConfig config, ObjectMapper json) {
    this.json = json;
    this.file = PrivateFiles.folder(config.data()).resolve("deliveries.json");
    this.all = read();
  }

  public synchronized List<Delivery> all() {
    return all;
  }

  public Optional<Delivery> of(long id) {
    return all().stream().filter(delivery -> delivery.id() == id).findFirst();
  }

  synchronized Delivery add(LongFunction<Delivery> withId) {
    var delivery = withId.apply(all.isEmpty() ? 1 : all.getLast().id() + 1);
    var more = new ArrayList<>(all);
    more.add(delivery);
    become(more.subList(Math.max(0, more.size() - KEPT), more.size()));
    return delivery;
  }

  synchronized void change(long id, UnaryOperator<Delivery> change) {
    become(all.stream().map(it -> it.id() == id ? change.apply(it) : it).toList());
  }

  private void become(List<Delivery> next) {
    try {
      PrivateFiles.replace(file, json.writeValueAsBytes(next));
      all = List.copyOf(next);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the deliveries to " + file, e);
    }
  }

  private List<Delivery> read() {
    if (Files.notExists(file)) {
      return List.of();
    }
    try {
      return json.readValue(file.toFile(), new TypeReference<>() {});
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the deliveries in " + file, e);
    }
  }
}
