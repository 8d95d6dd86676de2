package io.tokenwarden.contracts;

/// Generations and revisions count from 1.
final class Fences {
  private Fences() {}

  static void check(long generation, long revision) {
    if (generation < 1 || revision < 1) {
      throw new IllegalArgumentException("generation and revision count from 1");
    }
  }
}
