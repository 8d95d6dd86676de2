package io.tokenwarden.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.EncodedEvent;
import io.tokenwarden.contracts.Event;
import io.tokenwarden.contracts.EventCodec;
import io.tokenwarden.contracts.EventMeta;
import io.tokenwarden.contracts.Service;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hibernate.reactive.mutiny.Mutiny;

/// Announces facts with the state they speak of: both are committed, or neither.
@ApplicationScoped
public class Outbox {
  private static final String INSERT =
      """
      insert into outbox (topic, record_key, headers, value, created_at)
      values (:topic, :key, cast(cast(:headers as text) as jsonb), :value, :createdAt)
      """;

  private final Service service;
  private final Clock clock;
  private final ObjectMapper json;

  @Inject
  Outbox(
      @ConfigProperty(name = "quarkus.application.name") String applicationName,
      Clock clock,
      ObjectMapper json) {
    this.service = Service.of(applicationName);
    this.clock = clock;
    this.json = json;
  }

  /// Adds a fact to the transaction of the current session. Facts with the same key are sent in the
  /// order in which they were added under that key's row lock.
  ///
  /// @throws IllegalStateException if the topic is another service's; the answer fails with the
  ///   same if there is no session, or no transaction
  public Uni<Void> add(Event event) {
    if (event.topic().producer() != service) {
      throw new IllegalStateException(
          service.id() + " does not announce on " + event.topic().topicName());
    }
    var meta = EventMeta.now(service, clock, traceparent());
    var record = EventCodec.encode(meta, event);
    return Panache.getSession().chain(session -> insert(session, meta, record));
  }

  private Uni<Void> insert(Mutiny.Session session, EventMeta meta, EncodedEvent record) {
    if (session.currentTransaction() == null) {
      throw new IllegalStateException("A fact is announced in the transaction of its state");
    }
    return session
        .createNativeQuery(INSERT)
        .setParameter("topic", record.topic())
        .setParameter("key", record.key())
        .setParameter("headers", headers(record.headers()))
        .setParameter("value", record.value())
        .setParameter("createdAt", meta.time())
        .executeUpdate()
        .replaceWithVoid();
  }

  private String headers(Map<String, String> headers) {
    try {
      return json.writeValueAsString(headers);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("Cannot write record headers", e);
    }
  }

  private static Optional<String> traceparent() {
    var carrier = new HashMap<String, String>();
    W3CTraceContextPropagator.getInstance().inject(Context.current(), carrier, Map::put);
    return Optional.ofNullable(carrier.get("traceparent"));
  }
}
