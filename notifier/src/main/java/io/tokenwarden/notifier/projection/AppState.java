package io.tokenwarden.notifier.projection;

import io.tokenwarden.contracts.AppEvent;
import io.tokenwarden.contracts.AppEvent.AppBlocked;
import io.tokenwarden.contracts.AppEvent.AppRestored;
import io.tokenwarden.contracts.Revised;
import io.tokenwarden.contracts.WorkspaceId;
import java.time.Instant;

/// Whether Meta serves a Meta app.
///
/// @param workspaceId of its owner; [AppEvent#OPERATORS] for the managed app
/// @param since when that began
public record AppState(
    WorkspaceId workspaceId, String appId, long revision, boolean blocked, Instant since)
    implements Revised {

  public static AppState of(AppEvent event) {
    return switch (event) {
      case AppBlocked(var workspace, var app, var revision, var now, _) ->
          new AppState(workspace, app, revision, true, now);
      case AppRestored(var workspace, var app, var revision, var now, _) ->
          new AppState(workspace, app, revision, false, now);
    };
  }
}
