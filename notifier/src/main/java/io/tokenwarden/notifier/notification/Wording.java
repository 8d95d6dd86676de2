package io.tokenwarden.notifier.notification;

import io.tokenwarden.contracts.AdAccountId;
import io.tokenwarden.contracts.AssetState;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.Remedy;
import io.tokenwarden.notifier.NotifierConfig;
import io.tokenwarden.notifier.text.Texts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Map;

/// Puts notifications into words.
@ApplicationScoped
class Wording {
  private final Texts texts;
  private final URI console;

  @Inject
  Wording(Texts texts, NotifierConfig config) {
    this.texts = texts;
    this.console = config.publicUrl().resolve("/");
  }

  /// @param adAccounts what the connection reaches
  NotificationItem of(Notification notification, List<AssetState> adAccounts) {
    var affected = affected(notification, adAccounts);
    var key = notification.kind().name();
    var values = values(notification, affected);
    return new NotificationItem(
        notification.id().toString(),
        notification.workspace(),
        notification.connection().orElse(null),
        notification.kind(),
        notification.severity(),
        notification.state(),
        texts.get(key + ".title", values),
        texts.get(key + ".message", values),
        notification.reason().orElse(null),
        notification.subject().orElse(null),
        notification.remedy().orElse(null),
        remedy(notification),
        notification.connection().map(this::link).orElse(console),
        affected,
        notification.since(),
        notification.openedAt(),
        notification.resolvedAt().orElse(null),
        notification.readAt().orElse(null));
  }

  private static List<AdAccountId> affected(
      Notification notification, List<AssetState> adAccounts) {
    return switch (notification.kind()) {
      case AD_ACCOUNT_UNAVAILABLE ->
          notification.subject().map(AdAccountId::of).map(List::of).orElse(List.of());
      case PIXEL_UNAVAILABLE -> List.of();
      case AUTH_EXPIRED,
          RECONNECT_REQUIRED,
          CHECKPOINT,
          MISSING_SCOPE,
          BLOCKED_BY_META,
          EXPIRING,
          APP_BLOCKED,
          REFRESH_FAILED,
          SCHEDULE_STALLED,
          DATA_GAP,
          BOUNDARY,
          ANOMALY ->
          adAccounts.stream().map(AssetState::assetId).map(AdAccountId::of).toList();
    };
  }

  private Map<String, String> values(Notification notification, List<AdAccountId> affected) {
    return Map.of(
        "accounts", texts.count("accounts", affected.size()),
        "until", until(notification),
        "reason", texts.get("reason." + notification.reason().map(Enum::name).orElse("UNKNOWN")),
        "subject", notification.subject().orElse(""));
  }

  private String until(Notification notification) {
    return notification
        .until()
        .map(end -> texts.get("until.day", Map.of("day", texts.day(end))))
        .orElseGet(() -> texts.get("until.unknown"));
  }

  /// What is to be done about a cause may be said in words of its own.
  private String remedy(Notification notification) {
    return notification
        .remedy()
        .map(Remedy::code)
        .map(code ->
            texts
                .find(notification.kind() + ".remedy")
                .orElseGet(() -> texts.get("remedy." + code)))
        .orElse("");
  }

  /// To the card of the connection.
  private URI link(ConnectionId connection) {
    return console.resolve("/#connection-" + connection);
  }
}
