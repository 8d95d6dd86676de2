package io.tokenwarden.notifier.notification;

import io.tokenwarden.contracts.AdAccountId;
import io.tokenwarden.contracts.AssetState;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.Remedy;
import io.tokenwarden.notifier.NotifierConfig;
import io.tokenwarden.notifier.text.Days;
import io.tokenwarden.notifier.text.Texts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Puts notifications into words.
@ApplicationScoped
class Wording {
  private final Texts texts;
  private final Clock clock;
  private final URI console;

  @Inject
  Wording(Texts texts, NotifierConfig config, Clock clock) {
    this.texts = texts;
    this.clock = clock;
    this.console = config.publicUrl().resolve("/");
  }

  /// @param adAccounts what the connection reaches
  NotificationItem of(Notification notification, List<AssetState> adAccounts) {
    var affected = affected(notification, adAccounts);
    var values = values(notification, affected);
    return new NotificationItem(
        notification.id().toString(),
        notification.workspace(),
        notification.connection().orElse(null),
        notification.kind(),
        notification.severity(),
        notification.state(),
        texts.get(key(notification, "title"), values),
        texts.get(key(notification, "message"), values),
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
      case BOUNDARY ->
          adAccounts.stream()
              .map(AssetState::assetId)
              .filter(id -> notification.subject().equals(Optional.of(id)))
              .map(AdAccountId::of)
              .toList();
      case PIXEL_UNAVAILABLE, APP_BLOCKED -> List.of();
      case AUTH_EXPIRED,
          RECONNECT_REQUIRED,
          CHECKPOINT,
          MISSING_SCOPE,
          BLOCKED_BY_META,
          EXPIRING,
          REFRESH_FAILED,
          SCHEDULE_STALLED,
          DATA_GAP,
          ANOMALY ->
          adAccounts.stream().map(AssetState::assetId).map(AdAccountId::of).toList();
    };
  }

  /// What is said of a kind may be said of one of its subjects in words of its own.
  private String key(Notification notification, String part) {
    var kind = notification.kind().name();
    return notification
        .subject()
        .map(subject -> kind + "." + subject + "." + part)
        .filter(key -> texts.find(key).isPresent())
        .orElse(kind + "." + part);
  }

  private Map<String, String> values(Notification notification, List<AdAccountId> affected) {
    return Map.of(
        "accounts", texts.count("accounts", affected.size()),
        "until", until(notification),
        "left", left(notification),
        "reason", texts.get("reason." + notification.reason().map(Enum::name).orElse("UNKNOWN")),
        "subject", notification.subject().orElse(""));
  }

  private String until(Notification notification) {
    return notification
        .until()
        .map(end -> texts.get("until.day", Map.of("day", texts.day(end))))
        .orElseGet(() -> texts.get("until.unknown"));
  }

  /// As of now, or of when it was over.
  private String left(Notification notification) {
    var asOf = notification.resolvedAt().orElseGet(clock::instant);
    return notification
        .until()
        .map(end -> texts.count("left", Days.startedUntil(end, asOf)))
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
