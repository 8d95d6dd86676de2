package io.tokenwarden.twin.world;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.stream.Collectors;

/// Makes the values of tokens and codes: Meta's well-known prefix, then letters and digits nobody
/// can guess.
final class Minting {

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private final SecureRandom random = new SecureRandom();

  Secret userToken() {
    return Secret.of("EAA" + letters(197));
  }

  Secret appToken(String appId) {
    return Secret.of(appId + "|" + letters(27));
  }

  Secret code() {
    return Secret.of("AQ" + letters(238));
  }

  /// An app secret: 32 hexadecimal digits.
  Secret appSecret() {
    var bytes = new byte[16];
    random.nextBytes(bytes);
    return Secret.of(HexFormat.of().formatHex(bytes));
  }

  private String letters(int count) {
    return random
        .ints(count, 0, ALPHABET.length())
        .mapToObj(i -> String.valueOf(ALPHABET.charAt(i)))
        .collect(Collectors.joining());
  }
}
