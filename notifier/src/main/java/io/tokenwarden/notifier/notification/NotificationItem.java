package io.tokenwarden.notifier.notification;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tokenwarden.contracts.AdAccountId;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.NotificationEvent.Severity;
import io.tokenwarden.contracts.NotificationEvent.State;
import io.tokenwarden.contracts.NotificationKind;
import io.tokenwarden.contracts.Reason;
import io.tokenwarden.contracts.Remedy;
import io.tokenwarden.contracts.WorkspaceId;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/// A notification as it is read.
///
/// @param connectionId null where it concerns no connection
/// @param remedy what a person does about it, as a code; null while nobody needs to
/// @param remedyText the same in words
/// @param link where it is done
/// @param adAccounts the affected ones
/// @param since when the cause began; `openedAt` is when people were told
/// @param readAt when somebody of the workspace first read it; null if nobody has
@JsonInclude(JsonInclude.Include.ALWAYS)
public record NotificationItem(
    String notificationId,
    WorkspaceId workspaceId,
    ConnectionId connectionId,
    NotificationKind kind,
    Severity severity,
    State state,
    String title,
    String message,
    Reason reason,
    String subject,
    Remedy remedy,
    String remedyText,
    URI link,
    List<AdAccountId> adAccounts,
    Instant since,
    Instant openedAt,
    Instant resolvedAt,
    Instant readAt) {
  public boolean open() {
    return state == State.OPEN;
  }

  public boolean unread() {
    return readAt == null;
  }
}
