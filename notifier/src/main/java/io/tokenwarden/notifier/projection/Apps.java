package io.tokenwarden.notifier.projection;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.outbox.Merge;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;

/// The latest state of each Meta app of which something was announced; the others were never
/// blocked. Everything here works on the current session.
@ApplicationScoped
public class Apps {
  private static final String KEEP =
      """
      insert into app (app_id, workspace_id, revision, state)
      values (:id, :workspace, :revision, cast(cast(:state as text) as jsonb))
      on conflict (app_id) do update
      set workspace_id = excluded.workspace_id,
          revision = excluded.revision,
          state = excluded.state
      """;

  private final Merge merge;
  private final StateJson json;

  @Inject
  Apps(Merge merge, StateJson json) {
    this.merge = merge;
    this.json = json;
  }

  /// Keeps the state if it is the newest. From here to its end the transaction has what concerns
  /// the app for itself.
  ///
  /// @return whether it is; if not, nothing changed
  public Uni<Boolean> merge(AppState state) {
    return merge.merge("app " + state.appId(), state, Apps::known, this::keep);
  }

  /// Those that Meta does not serve. There are never many.
  public Uni<Set<String>> blocked() {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(
                    "select app_id from app where cast(state ->> 'blocked' as boolean)",
                    String.class)
                .getResultList())
        .map(Set::copyOf);
  }

  private static Uni<Long> known(AppState state) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery("select revision from app where app_id = :id", Long.class)
                .setParameter("id", state.appId())
                .getSingleResultOrNull());
  }

  private Uni<Integer> keep(AppState state) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(KEEP)
                .setParameter("id", state.appId())
                .setParameter("workspace", state.workspaceId().value())
                .setParameter("revision", state.revision())
                .setParameter("state", json.write(state))
                .executeUpdate());
  }
}
