package io.tokenwarden.notifier.projection;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/// The latest state of each schedule that was ever blocked; of others nothing is announced.
/// Everything here works on the current session.
@ApplicationScoped
public class Schedules {
  private static final String MERGE =
      """
      insert into schedule as t (workspace_id, ad_account_id, revision, state)
      values (:workspace, :id, :revision, cast(cast(:state as text) as jsonb))
      on conflict (workspace_id, ad_account_id) do update
      set revision = excluded.revision, state = excluded.state
      where t.revision < excluded.revision
      """;

  private final StateJson json;

  @Inject
  Schedules(StateJson json) {
    this.json = json;
  }

  public Uni<Void> merge(ScheduleState state) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(MERGE)
                .setParameter("workspace", state.workspaceId().value())
                .setParameter("id", state.adAccountId().digits())
                .setParameter("revision", state.revision())
                .setParameter("state", json.write(state))
                .executeUpdate())
        .replaceWithVoid();
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
