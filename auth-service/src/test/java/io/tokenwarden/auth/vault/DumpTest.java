package io.tokenwarden.auth.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The search itself finds what is there to be found.
class DumpTest {
  private static final String SECRET = UUID.randomUUID().toString();

  static Stream<String> hidingPlaces() {
    var json = "{\"token\":\"" + SECRET + "\"}";
    return Stream.of(
        json,
        "x" + new StringBuilder(SECRET).reverse(),
        HexFormat.of().formatHex(json.getBytes(UTF_8)),
        HexFormat.of().withUpperCase().formatHex(json.getBytes(UTF_8)),
        Base64.getEncoder().encodeToString(SECRET.getBytes(UTF_8)),
        Base64.getEncoder().encodeToString(("a" + SECRET + "b").getBytes(UTF_8)),
        Base64.getEncoder().encodeToString(("ab" + SECRET + "cd").getBytes(UTF_8)),
        Base64.getUrlEncoder().encodeToString(("abc" + SECRET).getBytes(UTF_8)),
        HexFormat.of().formatHex(Base64.getEncoder().encode(json.getBytes(UTF_8))));
  }

  @ParameterizedTest
  @MethodSource("hidingPlaces")
  void findsASecret(String place) {
    assertThat(new Dump("before " + place + " after").holds(SECRET)).isTrue();
  }

  @Test
  void findsNoOther() {
    assertThat(new Dump(UUID.randomUUID() + " " + UUID.randomUUID()).holds(SECRET)).isFalse();
  }
}
