package io.tokenwarden.notifier.console;

import static java.util.Comparator.comparing;

import io.tokenwarden.contracts.Condition;
import io.tokenwarden.contracts.Health;
import io.tokenwarden.contracts.Remedy;
import io.tokenwarden.notifier.text.Days;
import io.tokenwarden.notifier.text.Texts;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The health of a connection in a colour and a few words.
///
/// @param banner what stands above the card's facts; empty if nothing needs to
/// @param reason why, in words; empty if there is nothing to say
/// @param remedy what a person does about it; empty while nobody needs to
public record Status(
    Look look,
    String words,
    Optional<String> banner,
    Optional<String> reason,
    Optional<Remedy> remedy) {

  /// Nothing goes through until Meta serves the app again, whatever else there is; a person who
  /// consents anew changes nothing. It is no condition of the connection: its token lives.
  static Status ofBlockedApp(Health health, Texts texts) {
    return switch (health.lifecycle()) {
      case DISCONNECTED -> ended("status.disconnected", texts);
      case ARCHIVED -> ended("status.archived", texts);
      case CONNECTED ->
          new Status(
              Look.YELLOW,
              texts.get("status.APP_BLOCKED"),
              Optional.of(texts.get("banner.APP_BLOCKED")),
              Optional.of(texts.get("card.appBlocked")),
              Optional.of(Remedy.WAIT_OR_RESOLVE));
    };
  }

  /// The worst condition speaks for the connection.
  static Status of(Health health, List<Condition> ofAssets, Texts texts, Clock clock) {
    return switch (health.lifecycle()) {
      case DISCONNECTED -> ended("status.disconnected", texts);
      case ARCHIVED -> ended("status.archived", texts);
      case CONNECTED -> {
        var conditions = new ArrayList<>(health.conditions());
        conditions.addAll(ofAssets);
        yield conditions.stream()
            .min(comparing(Condition::condition))
            .map(worst -> of(worst, health, texts, clock))
            .orElse(connected(texts));
      }
    };
  }

  private static Status ended(String key, Texts texts) {
    return new Status(
        Look.GREY,
        texts.get(key),
        Optional.empty(),
        Optional.empty(),
        Optional.of(Remedy.RECONNECT));
  }

  private static Status connected(Texts texts) {
    return new Status(
        Look.GREEN,
        texts.get("status.connected"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Status of(Condition worst, Health health, Texts texts, Clock clock) {
    var words = "status." + worst.condition().name();
    var banner = Optional.of(texts.get("banner." + worst.condition().name()));
    var reason =
        Optional.ofNullable(worst.reason()).map(code -> texts.get("reason." + code.name()));
    var remedy = Optional.ofNullable(worst.remedy());
    return switch (worst.condition()) {
      case AUTH_EXPIRED, RECONNECT_REQUIRED, CHECKPOINT ->
          new Status(Look.YELLOW, texts.get(words), banner, reason, remedy);
      case MISSING_SCOPE, AD_ACCOUNT_UNAVAILABLE, PIXEL_UNAVAILABLE, BLOCKED_BY_META ->
          new Status(Look.AMBER, texts.get(words), banner, reason, remedy);
      case EXPIRING ->
          new Status(
              Look.AMBER,
              expiring(words, end(worst, health), texts, clock),
              Optional.empty(),
              Optional.empty(),
              remedy);
    };
  }

  private static Optional<Instant> end(Condition expiring, Health health) {
    return Optional.ofNullable(expiring.until())
        .or(() ->
            Optional.ofNullable(
                "DATA_ACCESS".equals(expiring.subject())
                    ? health.dataAccessExpiresAt()
                    : health.expiresAt()));
  }

  private static String expiring(String words, Optional<Instant> end, Texts texts, Clock clock) {
    return end.map(until -> texts.count(words, Days.startedUntil(until, clock.instant())))
        .orElse(texts.get(words));
  }
}
