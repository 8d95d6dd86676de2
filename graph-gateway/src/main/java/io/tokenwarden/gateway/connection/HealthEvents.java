package io.tokenwarden.gateway.connection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.ConnectionEvent;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.contracts.Event;
import io.tokenwarden.contracts.EventMeta;
import io.tokenwarden.contracts.Health;
import io.tokenwarden.outbox.EventHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.UncheckedIOException;
import org.hibernate.reactive.mutiny.Mutiny;

/// Keeps, of every connection, the health with the largest revision.
@ApplicationScoped
class HealthEvents implements EventHandler {

  private static final String MERGE =
      """
      insert into connection_health
        (connection_id, workspace_id, generation, revision, app_id, meta_user_id, token_type, health)
      values (:id, :workspace, :generation, :revision, :app, :metaUser, :tokenType, cast(cast(:health as text) as jsonb))
      on conflict (connection_id) do update set
        workspace_id = excluded.workspace_id, generation = excluded.generation, revision = excluded.revision,
        app_id = excluded.app_id, meta_user_id = excluded.meta_user_id, token_type = excluded.token_type,
        health = excluded.health, changed_in = pg_current_xact_id()
      where connection_health.revision < excluded.revision
      """;

  private final ObjectMapper json;

  @Inject
  HealthEvents(ObjectMapper json) {
    this.json = json;
  }

  @Override
  public Uni<Void> handle(EventMeta meta, Event event) {
    return event instanceof ConnectionEvent news
        ? Panache.getSession().chain(session -> merge(session, news.connection()))
        : Uni.createFrom().voidItem();
  }

  private Uni<Void> merge(Mutiny.Session session, ConnectionState state) {
    return session
        .createNativeQuery(MERGE)
        .setParameter("id", state.connectionId().value())
        .setParameter("workspace", state.workspaceId().value())
        .setParameter("generation", state.generation())
        .setParameter("revision", state.revision())
        .setParameter("app", state.appId())
        .setParameter("metaUser", state.metaUserId())
        .setParameter("tokenType", state.tokenType().name())
        .setParameter("health", text(state.health()))
        .executeUpdate()
        .replaceWithVoid();
  }

  private String text(Health health) {
    try {
      return json.writeValueAsString(health);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("Writing the health of a connection", e);
    }
  }
}
