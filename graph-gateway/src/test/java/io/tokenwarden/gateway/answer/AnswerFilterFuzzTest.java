package io.tokenwarden.gateway.answer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tokenwarden.graph.AccessToken;
import io.tokenwarden.graph.AppSecret;
import io.tokenwarden.graph.AppSecretProof;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever Meta answers, and however the network cuts it up: no credential comes through, and the
/// cuts make no difference.
class AnswerFilterFuzzTest {
  private static final String TOKEN = "token|of/the~connection.0123456789";
  private static final AccessToken ACCESS_TOKEN = AccessToken.of(TOKEN);
  private static final AppSecretProof PROOF =
      AppSecretProof.of(AppSecret.of("secret"), ACCESS_TOKEN);
  private static final URI GATEWAY = URI.create("https://graph.example.test");
  private static final String OF_SOMEBODY = "EAAofSomebodyElse0123456789";

  /// Bytes that no UTF-8 text has stand for what must not come through.
  private static final List<String> NEEDLES =
      List.of(TOKEN, PROOF.revealSecret(), encoded(TOKEN), TOKEN.replace("/", "\\/"));

  private static final int FIRST_NEEDLE = 0xF8;
  private static final int PAGE_TOKEN = 0xFC;

  static Stream<byte[]> answers() {
    return Stream.of(
            "7{\"data\":[{\"id\":\"1\",\"access_token\":\"\u00fc\",\"t\":\"\u00f8\"}],\"paging\":{\"next\":\"https:\\/\\/graph.facebook.com\\/v25.0\\/me?access_token=\u00fa&after=c\"}}",
            "1{\"error\":{\"message\":\"Malformed access token \u00f8\",\"code\":190}}",
            "3[{\"code\":200,\"body\":\"{\\\"paging\\\":{\\\"next\\\":\\\"https:\\\\\\/\\\\\\/graph.facebook.com\\\\\\/me?access_token=\u00fa\\\"},\\\"access_token\\\":\\\"\u00fc\\\"}\"},null]",
            "9<html>\u00f8 \u00f9</html>",
            "2{\"a\":\"\\u00e9 100%25 \\\\u\u00fb\",\"access\\u005ftoken\":\"\u00fc\"}",
            "5\"\u00f9")
        .map(answer -> answer.getBytes(ISO_8859_1));
  }

  /// @param input how it is cut, and what Meta answers
  @MethodSource("answers")
  @FuzzTest(maxDuration = "3h", maxExecutions = 1_000_000)
  void noCredentialComesThroughHoweverTheAnswerIsCut(byte[] input) {
    // given
    var cuts = new Random(input.length == 0 ? 0 : input[0]);
    var answer = withNeedles(input);

    // when
    var whole = filtered(answer, () -> answer.length);
    var inPieces = filtered(answer, () -> 1 + cuts.nextInt(40));

    // then
    assertThat(inPieces).isEqualTo(whole);
    assertThat(new String(whole, UTF_8)).doesNotContain(NEEDLES);
  }

  private static byte[] withNeedles(byte[] input) {
    var answer = new ByteArrayOutputStream();
    for (int i = 1; i < input.length; i++) {
      int b = Byte.toUnsignedInt(input[i]);
      if (b >= FIRST_NEEDLE && b < FIRST_NEEDLE + NEEDLES.size()) {
        answer.writeBytes(NEEDLES.get(b - FIRST_NEEDLE).getBytes(UTF_8));
      } else if (b == PAGE_TOKEN) {
        answer.writeBytes(OF_SOMEBODY.getBytes(UTF_8));
      } else {
        answer.write(b);
      }
    }
    return answer.toByteArray();
  }

  private interface Sizes {
    int next();
  }

  private static byte[] filtered(byte[] answer, Sizes sizes) {
    var filter = new AnswerFilter(List.of(ACCESS_TOKEN, PROOF), GATEWAY);
    var out = new ByteArrayOutputStream();
    for (int at = 0; at < answer.length; ) {
      int end = Math.min(answer.length, at + sizes.next());
      out.writeBytes(filter.accept(Arrays.copyOfRange(answer, at, end)));
      at = end;
    }
    out.writeBytes(filter.finish());
    return out.toByteArray();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
