package io.tokenwarden.graph.quota;

/// How fast a quota may be used just now.
public enum Pace {
  /// Not at all. Meta counts calls it refuses too, and they prolong the wait.
  HELD,
  /// At half the rate that would be right otherwise.
  HALF,
  /// As fast as the quota allows.
  FREE
}
