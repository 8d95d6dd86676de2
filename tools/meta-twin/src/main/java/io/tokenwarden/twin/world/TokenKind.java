package io.tokenwarden.twin.world;

import java.time.Duration;

/// Which kind of access token it is, and how long it lives.
public enum TokenKind {
  SHORT_LIVED("short-lived", Duration.ofMinutes(90)),
  LONG_LIVED("long-lived", Duration.ofSeconds(5_183_944)),
  /// Never expires.
  APP("app", null);

  private final String label;
  private final Duration life;

  TokenKind(String label, Duration life) {
    this.label = label;
    this.life = life;
  }

  public String label() {
    return label;
  }

  Duration life() {
    return life;
  }
}
