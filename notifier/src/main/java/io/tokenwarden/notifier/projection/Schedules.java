package io.tokenwarden.notifier.projection;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.outbox.Merge;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/// The latest state of each schedule that was ever blocked; of others nothing is announced.
/// Everything here works on the current session.
@ApplicationScoped
public class Schedules {
  private static final String KEEP =
      """
      insert into schedule (workspace_id, ad_account_id, revision, state)
      values (:workspace, :id, :revision, cast(cast(:state as text) as jsonb))
      on conflict (workspace_id, ad_account_id) do update
      set revision = excluded.revision, state = excluded.state
      """;

  private static final String KNOWN =
      "select revision from schedule where workspace_id = :workspace and ad_account_id = :id";

  private final Merge merge;
  private final StateJson json;

  @Inject
  Schedules(Merge merge, StateJson json) {
    this.merge = merge;
    this.json = json;
  }

  /// Keeps the state if it is the newest.
  public Uni<Void> merge(ScheduleState state) {
    var subject = "schedule " + state.workspaceId() + "/" + state.adAccountId();
    return merge.merge(subject, state, Schedules::known, this::keep).replaceWithVoid();
  }

  private static Uni<Long> known(ScheduleState state) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(KNOWN, Long.class)
                .setParameter("workspace", state.workspaceId().value())
                .setParameter("id", state.adAccountId().digits())
                .getSingleResultOrNull());
  }

  private Uni<Integer> keep(ScheduleState state) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(KEEP)
                .setParameter("workspace", state.workspaceId().value())
                .setParameter("id", state.adAccountId().digits())
                .setParameter("revision", state.revision())
                .setParameter("state", json.write(state))
                .executeUpdate());
  }

  public Uni<List<ScheduleState>> list(Visible visible) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(
                    """
                    select cast(state as text) from schedule
                    where :all or workspace_id = any(string_to_array(:workspaces, ' '))
                    """,
                    String.class)
                .setParameter("all", visible.all())
                .setParameter("workspaces", visible.words())
                .getResultList())
        .map(
            stored -> stored.stream().map(state -> json.read(ScheduleState.class, state)).toList());
  }
}
