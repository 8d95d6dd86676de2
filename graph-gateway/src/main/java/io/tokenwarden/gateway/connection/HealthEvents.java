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
import io.tokenwarden.outbox.Merge;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.UncheckedIOException;

/// Keeps, of every connection, the health with the largest revision.
@ApplicationScoped
class HealthEvents implements EventHandler {

  private static final String KEEP =
      """
      insert into connection_health
        (connection_id, workspace_id, generation, revision, app_id, meta_user_id, token_type, health)
      values (:id, :workspace, :generation, :revision, :app, :metaUser, :tokenType, cast(cast(:health as text) as jsonb))
      on conflict (connection_id) do update set
        workspace_id = excluded.workspace_id, generation = excluded.generation, revision = excluded.revision,
        app_id = excluded.app_id, meta_user_id = excluded.meta_user_id, token_type = excluded.token_type,
        health = excluded.health, changed_in = pg_current_xact_id()
      """;

  private final Merge merge;
  private final ObjectMapper json;

  @Inject
  HealthEvents(Merge merge, ObjectMapper json) {
    this.merge = merge;
    this.json = json;
  }

  @Override
  public Uni<Void> handle(EventMeta meta, Event event) {
    return event instanceof ConnectionEvent news
        ? merge(news.connection())
        : Uni.createFrom().voidItem();
  }

  private Uni<Void> merge(ConnectionState state) {
    return merge
        .merge(state.connectionId().toString(), state, HealthEvents::known, this::keep)
        .replaceWithVoid();
  }

  private static Uni<Long> known(ConnectionState state) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(
                    "select revision from connection_health where connection_id = :id", Long.class)
                .setParameter("id", state.connectionId().value())
                .getSingleResultOrNull());
  }

  private Uni<Integer> keep(ConnectionState state) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(KEEP)
                .setParameter("id", state.connectionId().value())
                .setParameter("workspace", state.workspaceId().value())
                .setParameter("generation", state.generation())
                .setParameter("revision", state.revision())
                .setParameter("app", state.appId())
                .setParameter("metaUser", state.metaUserId())
                .setParameter("tokenType", state.tokenType().name())
                .setParameter("health", text(state.health()))
                .executeUpdate());
  }

  private String text(Health health) {
    try {
      return json.writeValueAsString(health);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("Writing the health of a connection", e);
    }
  }
}
