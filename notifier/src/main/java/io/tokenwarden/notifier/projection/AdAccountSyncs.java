package io.tokenwarden.notifier.projection;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.AdAccountId;
import io.tokenwarden.contracts.WorkspaceId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

/// When insights of each ad account were last read. Everything here works on the current session.
@ApplicationScoped
public class AdAccountSyncs {
  private static final String MERGE =
      """
      insert into ad_account_sync as t (workspace_id, ad_account_id, read_at)
      values (:workspace, :id, :readAt)
      on conflict (workspace_id, ad_account_id) do update set read_at = excluded.read_at
      where t.read_at < excluded.read_at
      """;

  public Uni<Void> merge(WorkspaceId workspace, AdAccountId adAccount, Instant readAt) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(MERGE)
                .setParameter("workspace", workspace.value())
                .setParameter("id", adAccount.digits())
                .setParameter("readAt", readAt)
                .executeUpdate())
        .replaceWithVoid();
  }

  public Uni<List<AdAccountSync>> list(Visible visible) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(
                    """
                    select workspace_id, ad_account_id, read_at from ad_account_sync
                    where :all or workspace_id = any(string_to_array(:workspaces, ' '))
                    """,
                    Tuple.class)
                .setParameter("all", visible.all())
                .setParameter("workspaces", visible.words())
                .getResultList())
        .map(rows -> rows.stream().map(AdAccountSyncs::read).toList());
  }

  private static AdAccountSync read(Tuple row) {
    return new AdAccountSync(
        WorkspaceId.of(row.get(0, String.class)),
        AdAccountId.of(row.get(1, String.class)),
        row.get(2, OffsetDateTime.class).toInstant());
  }
}
