package io.tokenwarden.gateway.connection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.AppEvent;
import io.tokenwarden.contracts.AssetEvent;
import io.tokenwarden.contracts.ConnectionEvent;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.contracts.Event;
import io.tokenwarden.contracts.EventMeta;
import io.tokenwarden.contracts.EvidenceEvent;
import io.tokenwarden.contracts.HandleEvent.HandleRevoked;
import io.tokenwarden.contracts.Health;
import io.tokenwarden.contracts.InsightsEvent;
import io.tokenwarden.contracts.NotificationEvent;
import io.tokenwarden.contracts.QuotaEvent;
import io.tokenwarden.contracts.ScheduleEvent;
import io.tokenwarden.gateway.handle.RevokedHandles;
import io.tokenwarden.outbox.EventHandler;
import io.tokenwarden.outbox.Merge;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.UncheckedIOException;

/// Keeps, of every connection and every Meta app, what was said of it with the largest revision,
/// and which handles were revoked.
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

  private static final String KEEP_APP =
      """
      insert into app_standing (app_id, revision, blocked) values (:id, :revision, :blocked)
      on conflict (app_id) do update set
        revision = excluded.revision, blocked = excluded.blocked, changed_in = pg_current_xact_id()
      """;

  private final Merge merge;
  private final RevokedHandles revokedHandles;
  private final ObjectMapper json;

  @Inject
  HealthEvents(Merge merge, RevokedHandles revokedHandles, ObjectMapper json) {
    this.merge = merge;
    this.revokedHandles = revokedHandles;
    this.json = json;
  }

  @Override
  public Uni<Void> handle(EventMeta meta, Event event) {
    return switch (event) {
      case ConnectionEvent about -> merge(about.connection());
      case AppEvent about -> merge(KnownApp.of(about));
      case HandleRevoked handle -> revokedHandles.keep(handle);
      case AssetEvent _,
          EvidenceEvent _,
          InsightsEvent _,
          NotificationEvent _,
          QuotaEvent _,
          ScheduleEvent _ ->
          Uni.createFrom().voidItem();
    };
  }

  private Uni<Void> merge(KnownApp app) {
    return merge
        .merge("app " + app.appId(), app, HealthEvents::known, HealthEvents::keep)
        .replaceWithVoid();
  }

  private static Uni<Long> known(KnownApp app) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(
                    "select revision from app_standing where app_id = :id", Long.class)
                .setParameter("id", app.appId())
                .getSingleResultOrNull());
  }

  private static Uni<Integer> keep(KnownApp app) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(KEEP_APP)
                .setParameter("id", app.appId())
                .setParameter("revision", app.revision())
                .setParameter("blocked", app.blocked())
                .executeUpdate());
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
