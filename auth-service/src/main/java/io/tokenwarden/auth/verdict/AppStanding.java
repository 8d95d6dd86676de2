package io.tokenwarden.auth.verdict;

import com.fasterxml.jackson.core.type.TypeReference;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.tokenwarden.auth.connection.JsonColumn;
import io.tokenwarden.contracts.AppEvent;
import io.tokenwarden.contracts.AppEvent.AppBlocked;
import io.tokenwarden.contracts.AppEvent.AppRestored;
import io.tokenwarden.contracts.GraphErrorInfo;
import io.tokenwarden.contracts.WorkspaceId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/// How Meta treats one app as a whole.
@Entity
@Table(name = "app_standing")
class AppStanding extends PanacheEntityBase {
  private static final TypeReference<GraphErrorInfo> ERROR = new TypeReference<>() {};

  @Id
  @Column(name = "app_id")
  private String appId;

  @Column(name = "workspace_id")
  private String workspaceId;

  private long revision;

  @Column(name = "blocked_since")
  private Instant blockedSince;

  @Column(name = "graph_error")
  private String graphError;

  protected AppStanding() {}

  /// One that nothing was ever wrong with.
  static AppStanding good(String appId, WorkspaceId owner) {
    var standing = new AppStanding();
    standing.appId = appId;
    standing.workspaceId = owner.value();
    return standing;
  }

  boolean isBlocked() {
    return blockedSince != null;
  }

  AppEvent blocked(GraphErrorInfo error, Instant now) {
    revision++;
    blockedSince = now;
    graphError = JsonColumn.write(error);
    return new AppBlocked(WorkspaceId.of(workspaceId), appId, revision, now, error);
  }

  AppEvent restored(Instant now) {
    var error = JsonColumn.read(graphError, ERROR);
    revision++;
    blockedSince = null;
    graphError = null;
    return new AppRestored(WorkspaceId.of(workspaceId), appId, revision, now, error);
  }
}
