package io.tokenwarden.notifier.notification;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Parameters;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.NotificationEvent.State;
import io.tokenwarden.contracts.NotificationKind;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.notifier.projection.Visible;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Everything people were told. Works on the current session.
@ApplicationScoped
class Notifications implements PanacheRepositoryBase<Notification, UUID> {

  Uni<List<Notification>> open(ConnectionId connection) {
    return list("connectionId = ?1 and state = ?2", connection.value(), State.OPEN);
  }

  Uni<List<Notification>> openOfApp(String appId) {
    return list(
        "kind = ?1 and subject = ?2 and state = ?3",
        NotificationKind.APP_BLOCKED,
        appId,
        State.OPEN);
  }

  Uni<List<Notification>> open(Visible visible) {
    return list(
        "state = ?1 and (?2 = true or workspaceId in ?3) order by id desc",
        State.OPEN,
        visible.all(),
        visible.names());
  }

  /// The newest first, their ids being in the order of time.
  ///
  /// @param state empty for both
  /// @param before the id that ended the page before; empty for the first page
  Uni<List<Notification>> newest(
      WorkspaceId workspace, Optional<State> state, Optional<UUID> before, int limit) {
    var query = new StringBuilder("workspaceId = :workspace");
    var parameters = Parameters.with("workspace", workspace.value());
    state.ifPresent(wanted -> {
      query.append(" and state = :state");
      parameters.and("state", wanted);
    });
    before.ifPresent(id -> {
      query.append(" and id < :before");
      parameters.and("before", id);
    });
    return find(query.append(" order by id desc").toString(), parameters).page(0, limit).list();
  }
}
