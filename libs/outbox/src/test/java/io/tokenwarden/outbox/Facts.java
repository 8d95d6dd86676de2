package io.tokenwarden.outbox;

import io.tokenwarden.contracts.AdAccountId;
import io.tokenwarden.contracts.InsightsEvent.InsightsSynced;
import io.tokenwarden.contracts.InsightsLevel;
import io.tokenwarden.contracts.NotificationEvent.NotificationRaised;
import io.tokenwarden.contracts.NotificationEvent.Severity;
import io.tokenwarden.contracts.NotificationEvent.State;
import io.tokenwarden.contracts.NotificationKind;
import io.tokenwarden.contracts.WorkspaceId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/// Facts for tests, with keys of their own: one that notifier announces, one that it reads.
final class Facts {
  private static final Instant BACK_THEN = Instant.parse("2026-11-21T08:00:00Z");

  private Facts() {}

  static String newKey() {
    return UUID.randomUUID().toString();
  }

  /// @param deliveries tells facts of one key apart
  static NotificationRaised raised(String key, int deliveries) {
    return raised(key, deliveries, "operators");
  }

  /// Larger than Kafka takes.
  static NotificationRaised tooLarge(String key) {
    return raised(key, 0, "x".repeat(1_100_000));
  }

  /// Its key is `<workspace>/1`.
  static InsightsSynced synced(String workspace) {
    var day = LocalDate.parse("2026-11-20");
    return new InsightsSynced(
        WorkspaceId.of(workspace),
        AdAccountId.of("1"),
        InsightsLevel.ACCOUNT,
        day,
        day,
        7,
        false,
        BACK_THEN,
        BACK_THEN);
  }

  private static NotificationRaised raised(String key, int deliveries, String recipient) {
    return new NotificationRaised(
        key,
        WorkspaceId.of("demo"),
        null,
        NotificationKind.AUTH_EXPIRED,
        Severity.WARNING,
        State.OPEN,
        List.of(recipient),
        deliveries,
        BACK_THEN);
  }
}
