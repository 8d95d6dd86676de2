package io.tokenwarden.notifier.console;

import io.tokenwarden.contracts.Remedy;
import io.tokenwarden.notifier.notification.NotificationItem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a person sees of one connection.
///
/// @param name what people know it by: its ad accounts; its Meta user while there are none
/// @param end when the token ends or ended
/// @param verifiedAt empty if Meta never confirmed it
/// @param syncedAt when insights of any of its ad accounts were last read
public record Card(
    String connectionId,
    String workspaceId,
    String name,
    String metaUserId,
    Status status,
    End end,
    Optional<Instant> verifiedAt,
    Optional<Instant> syncedAt,
    int adAccounts,
    Sync sync,
    List<NotificationItem> notifications) {
  /// So many notifications are seen at once.
  private static final int FIRST = 2;

  public Card {
    notifications = List.copyOf(notifications);
  }

  public List<NotificationItem> firstNotifications() {
    return notifications.subList(0, Math.min(FIRST, notifications.size()));
  }

  public List<NotificationItem> otherNotifications() {
    return notifications.subList(firstNotifications().size(), notifications.size());
  }

  /// Whether consenting again at Meta mends what is wrong.
  public boolean reauthorise() {
    return status.remedy().filter(Card::isConsent).isPresent();
  }

  private static boolean isConsent(Remedy remedy) {
    return switch (remedy) {
      case RECONNECT, GRANT_SCOPES -> true;
      case RESOLVE_CHECKPOINT, ASSIGN_ASSET, WAIT_OR_RESOLVE -> false;
    };
  }

  /// Ended on purpose: nothing is asked of anybody.
  public boolean over() {
    return status.look() == Look.GREY;
  }

  /// Where at Meta a person acts, if it is not by consenting again.
  public Optional<String> actAt() {
    return status.remedy().flatMap(Card::place);
  }

  private static Optional<String> place(Remedy remedy) {
    return switch (remedy) {
      case RESOLVE_CHECKPOINT -> Optional.of("https://www.facebook.com/");
      case ASSIGN_ASSET -> Optional.of("https://business.facebook.com/settings/");
      case RECONNECT, GRANT_SCOPES, WAIT_OR_RESOLVE -> Optional.empty();
    };
  }

  /// When a token ends.
  ///
  /// @param at empty if it never does
  /// @param past whether it is dead already, by its time or before it
  public record End(Optional<Instant> at, boolean past) {}

  /// How many schedules run and how many are blocked, and by what.
  ///
  /// @param causes in words
  public record Sync(int running, int blocked, List<String> causes) {
    public Sync {
      causes = List.copyOf(causes);
    }

    public int total() {
      return running + blocked;
    }
  }
}
