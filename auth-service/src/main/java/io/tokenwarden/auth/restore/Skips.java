package io.tokenwarden.auth.restore;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.restore.RestoreView.Skipped;
import io.tokenwarden.auth.vault.VaultException;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.WorkspaceId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/// The connections that could not leap. Works within the current session.
@ApplicationScoped
class Skips {
  /// More are counted, and named in the audit log alone.
  private static final int MOST = 100;

  private static final String INSERT =
      """
      insert into restore_skip (run_id, connection_id, failure)
      values (:run, :connection, :failure)
      """;

  private static final String COUNT = "select count(*) from restore_skip where run_id = :run";

  private static final String FIRST =
      """
      select connection_id, workspace_id, failure
      from restore_skip join connection on connection.id = connection_id
      where run_id = :run
      order by connection_id
      limit :most
      """;

  Uni<Void> add(UUID run, Connection connection, VaultException why) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(INSERT)
                .setParameter("run", run)
                .setParameter("connection", connection.connectionId().value())
                .setParameter("failure", why.code())
                .executeUpdate())
        .replaceWithVoid();
  }

  Uni<Long> count(UUID run) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(COUNT, Long.class)
                .setParameter("run", run)
                .getSingleResult());
  }

  Uni<List<Skipped>> first(UUID run) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(FIRST, Object[].class)
                .setParameter("run", run)
                .setParameter("most", MOST)
                .getResultList())
        .map(rows -> rows.stream().map(Skips::skipped).toList());
  }

  private static Skipped skipped(Object[] row) {
    return new Skipped(
        new ConnectionId((UUID) row[0]), WorkspaceId.of((String) row[1]), (String) row[2]);
  }
}
