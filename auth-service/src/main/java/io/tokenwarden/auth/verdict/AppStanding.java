package io.tokenwarden.auth.verdict;

import com.fasterxml.jackson.core.type.TypeReference;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.connection.JsonColumn;
import io.tokenwarden.auth.verdict.Verdict.Alive;
import io.tokenwarden.auth.verdict.Verdict.AppRefused;
import io.tokenwarden.auth.verdict.Verdict.AppServed;
import io.tokenwarden.auth.verdict.Verdict.AssetGone;
import io.tokenwarden.auth.verdict.Verdict.AssetShown;
import io.tokenwarden.auth.verdict.Verdict.Checkpoint;
import io.tokenwarden.auth.verdict.Verdict.Dead;
import io.tokenwarden.auth.verdict.Verdict.Disputed;
import io.tokenwarden.auth.verdict.Verdict.Granted;
import io.tokenwarden.auth.verdict.Verdict.Unfit;
import io.tokenwarden.auth.verdict.Verdict.Unproven;
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
import java.util.Optional;

/// How Meta treats one app as a whole.
@Entity
@Table(name = "app_standing")
public class AppStanding {
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
  public static AppStanding good(String appId, WorkspaceId owner) {
    var standing = new AppStanding();
    standing.appId = appId;
    standing.workspaceId = owner.value();
    return standing;
  }

  /// Takes the verdict on a question about the app.
  ///
  /// @return what is to be announced; empty if the app stands as it stood
  public Optional<AppEvent> settle(
      Question question, Verdict verdict, VerdictConfig config, Instant now) {
    question.found(verdict, now);
    return switch (verdict) {
      case AppServed _ -> served(question, now);
      case AppRefused(var error) -> refused(question, Grounds.info(error), config, now);
      case Unproven _ -> {
        question.postponed(now);
        yield Optional.empty();
      }
      case Alive _,
          Unfit _,
          Dead _,
          Checkpoint _,
          Disputed _,
          Granted _,
          AssetShown _,
          AssetGone _ ->
          throw new IllegalArgumentException("No answer about an app");
    };
  }

  private Optional<AppEvent> served(Question question, Instant now) {
    question.over("SERVED", now);
    return isBlocked() ? Optional.of(restored(now)) : Optional.empty();
  }

  /// Asked again until the app is served.
  private Optional<AppEvent> refused(
      Question question, GraphErrorInfo error, VerdictConfig config, Instant now) {
    question.keptOpen(config.askAboutAppEvery(), now);
    return isBlocked() ? Optional.empty() : Optional.of(blocked(error, now));
  }

  /// The database was put back to an earlier state: as a connection, it leaps beyond anything that
  /// others may have heard of it.
  ///
  /// @return what counts from now on
  public AppEvent leaptAhead(Instant now) {
    revision += Connection.RESTORE_LEAP;
    var owner = WorkspaceId.of(workspaceId);
    return isBlocked()
        ? new AppBlocked(owner, appId, revision, blockedSince, JsonColumn.read(graphError, ERROR))
        : new AppRestored(owner, appId, revision, now, null);
  }

  private boolean isBlocked() {
    return blockedSince != null;
  }

  private AppEvent blocked(GraphErrorInfo error, Instant now) {
    revision++;
    blockedSince = now;
    graphError = JsonColumn.write(error);
    return new AppBlocked(WorkspaceId.of(workspaceId), appId, revision, now, error);
  }

  private AppEvent restored(Instant now) {
    var error = JsonColumn.read(graphError, ERROR);
    revision++;
    blockedSince = null;
    graphError = null;
    return new AppRestored(WorkspaceId.of(workspaceId), appId, revision, now, error);
  }
}
