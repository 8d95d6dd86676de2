package io.tokenwarden.twin.graph;

import jakarta.inject.Singleton;
import java.security.SecureRandom;

/// Makes the ids by which Meta's people would find a call.
@Singleton
final class TraceIds {

  private static final char[] LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_".toCharArray();

  private final SecureRandom random = new SecureRandom();

  String next() {
    var id = new StringBuilder("A");
    random.ints(22, 0, LETTERS.length).forEach(letter -> id.append(LETTERS[letter]));
    return id.toString();
  }
}
