package io.tokenwarden.twin.world;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/// Which kind of access token it is, and how long it lives unless somebody says otherwise.
public enum TokenKind {
  SHORT_LIVED("short-lived", "USER", Duration.ofMinutes(90)),
  LONG_LIVED("long-lived", "USER", Duration.ofSeconds(5_183_944)),
  /// Never expires, unless it was made to within 60 days.
  SYSTEM_USER("system-user", "SYSTEM_USER", null),
  /// Never expires, if it comes from a long-lived token.
  PAGE("page", "PAGE", null),
  /// Never expires.
  APP("app", "APP", null);

  private final String label;
  private final String type;
  private final Duration life;

  TokenKind(String label, String type, Duration life) {
    this.label = label;
    this.type = type;
    this.life = life;
  }

  public static Optional<TokenKind> labelled(String label) {
    return Stream.of(values()).filter(kind -> kind.label.equals(label)).findFirst();
  }

  public String label() {
    return label;
  }

  /// What `debug_token` calls it.
  public String type() {
    return type;
  }

  /// Null for never.
  Instant endOf(Instant issuedAt) {
    return life == null ? null : issuedAt.plus(life);
  }
}
