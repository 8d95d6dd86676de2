package io.tokenwarden.gateway.answer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenwarden.graph.AccessToken;
import io.tokenwarden.graph.AppSecret;
import io.tokenwarden.graph.AppSecretProof;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerFilterTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOKEN = "token|of/the~connection.0123456789";
  private static final AccessToken ACCESS_TOKEN = AccessToken.of(TOKEN);
  private static final AppSecretProof PROOF =
      AppSecretProof.of(AppSecret.of("secret"), ACCESS_TOKEN);
  private static final URI GATEWAY = URI.create("https://graph.example.test/base");

  @Test
  void handsOutPagingLinksThatLeadBackToTheGatewayWithoutCredentials() throws Exception {
    // given
    String meta =
        """
        {"data":[{"spend":"1.00"}],"paging":{"cursors":{"before":"a_b","after":"c"},
         "next":"https:\\/\\/graph.facebook.com\\/v25.0\\/act_1\\/insights?access_token=%s&pretty=0&appsecret_proof=%s&after=c",
         "previous":"https://graph.facebook.com/v25.0/act_1/insights?fields=spend\\u0026access_token=%s"}}
        """
            .formatted(encoded(TOKEN), PROOF.revealSecret(), encoded(TOKEN));

    // when
    JsonNode answer = JSON.readTree(filtered(meta));

    // then
    assertThat(answer.at("/paging/next").asText())
        .isEqualTo("https://graph.example.test/base/v25.0/act_1/insights?pretty=0&after=c");
    assertThat(answer.at("/paging/previous").asText())
        .isEqualTo("https://graph.example.test/base/v25.0/act_1/insights?fields=spend");
    assertThat(answer.at("/paging/cursors/before").asText()).isEqualTo("a_b");
    assertThat(answer.at("/data/0/spend").asText()).isEqualTo("1.00");
  }

  @Test
  void rewritesThePagingOfNestedEdgesToo() throws Exception {
    String meta =
        """
        {"campaigns":{"data":[{"ads":{"data":[],"paging":{"next":"http://graph.facebook.com/v25.0/2/ads?access_token=x&a=1"}}}],
         "paging":{"next":"https://graph.facebook.com/v25.0/1/campaigns"}},"next":"https://elsewhere.example/next"}
        """;

    JsonNode answer = JSON.readTree(filtered(meta));

    assertThat(answer.at("/campaigns/data/0/ads/paging/next").asText())
        .isEqualTo(GATEWAY + "/v25.0/2/ads?a=1");
    assertThat(answer.at("/campaigns/paging/next").asText())
        .isEqualTo(GATEWAY + "/v25.0/1/campaigns");
    assertThat(answer.at("/next").asText()).isEqualTo("https://elsewhere.example/next");
  }

  @Test
  void blanksEveryAccessTokenWhoseverItIs() throws Exception {
    String meta =
        """
        {"data":[{"name":"A page","access_token":"of-the-page","access\\u005ftoken":"escaped"}],
         "access_token":["a","b"],"link":"https:\\/\\/x.example\\/?access_token=of-somebody&a=1",
         "body":"{\\"access_token\\":\\"inner\\",\\"id\\":\\"1\\"}"}
        """;

    String answer = filtered(meta);

    assertThat(answer)
        .doesNotContain("of-the-page", "escaped", "\"a\"", "\"b\"", "of-somebody", "inner");
    assertThat(JSON.readTree(answer).at("/data/0/name").asText()).isEqualTo("A page");
    assertThat(JSON.readTree(JSON.readTree(answer).get("body").asText()).get("id").asText())
        .isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"message\":\"Malformed access token %s\"}",
        "{\"echo\":\"%s\"}",
        "{\"%s\":1}",
        "{\"a\":[[\"x\",\"%s\"]]}",
        "<html>%s</html>",
        "<a href=\"%s\">",
        "sage\":\"cut at the front %s\"}}",
        "{\"cut at the end\":\"%s",
        "%s"
      })
  void neverLetsTheInjectedSecretsBack(String shape) {
    for (String secret : List.of(TOKEN, PROOF.revealSecret())) {
      for (String spelling :
          List.of(
              secret,
              encoded(secret),
              encoded(secret).toLowerCase(Locale.ROOT),
              secret.replace("/", "\\/"),
              unicodeEscaped(secret))) {
        assertThat(filtered(shape.replace("%s", spelling))).doesNotContain(spelling);
      }
    }
  }

  @Test
  void showsNoBeginningOfASecretThatMetaCutOff() {
    String cut =
        "{\"paging\":{\"next\":\"https://graph.facebook.com/v25.0/1?access_token="
            + TOKEN.substring(0, 20);

    assertThat(filtered(cut)).doesNotContain(TOKEN.substring(0, 8)).contains("\"next\":\"");
    assertThat(filtered("plain " + TOKEN.substring(0, 20))).isEqualTo("plain ");
  }

  @Test
  void leavesEverythingElseByteForByte() {
    String meta =
        "\n{ \"a\" : 1.50e3 , \"a\":\"dup\", \"b\\\"\\\\\":[null,true,-0],\"c\":\"\\u00e9 \\/ é 😀 a_rather_long_name\",\"d\":\"\",\"e\":{}}\n\n";

    assertThat(filtered(meta)).isEqualTo(meta);
  }

  @Test
  void leavesImagesAlone() {
    byte[] image = new byte[10_000];
    new Random(1).nextBytes(image);
    image[0] = (byte) 0x89;

    AnswerFilter filter = filter();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(filter.accept(image));
    out.writeBytes(filter.finish());

    assertThat(out.toByteArray()).isEqualTo(image);
  }

  @Test
  void cleansHeaders() {
    String echo =
        "OAuth \"Facebook Platform\" \"invalid_token\" \"Malformed access token " + TOKEN + "\"";

    assertThat(filter().header(echo)).doesNotContain(TOKEN).contains("invalid_token");
    assertThat(filter().header("\"d3b07384d113edec49eaa6238ad5ff00d3b07384d113edec\""))
        .isEqualTo("\"d3b07384d113edec49eaa6238ad5ff00d3b07384d113edec\"");
    assertThat(filter().header("x" + PROOF.revealSecret())).isEqualTo("x****");
  }

  /// Chunks as the network happens to cut them: anywhere, through escapes, letters and secrets.
  @Property(tries = 2000)
  void doesTheSameHoweverTheAnswerIsCutIntoChunks(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 300) int longest) {
    // given
    String meta =
        """
        {"data":[{"id":"é😀\\u00e9","access_token":"x_y_z","t":"%s"},{"u":"a\\/b %s c"}],
         "paging":{"next":"https:\\/\\/graph.facebook.com\\/v25.0\\/me?access_token=%s&after=c"}}
        """
            .formatted(TOKEN, encoded(TOKEN), encoded(TOKEN));

    // when, then
    assertThat(filtered(meta, seed, longest))
        .isEqualTo(filtered(meta))
        .doesNotContain(TOKEN, encoded(TOKEN), "x_y_z");
  }

  @Property(tries = 2000)
  void neverThrowsAndNeverLeaksWhateverSurroundsASecret(
      @ForAll String before, @ForAll String after, @ForAll long seed) {
    assertThat(filtered(before + TOKEN + after, seed, 7)).doesNotContain(TOKEN);
  }

  @Test
  void holdsNoMoreThanOneStringHoweverLongTheAnswer() {
    // given
    String endless =
        "{\"a\":\""
            + "x".repeat(300_000)
            + TOKEN
            + "y\",\"access_token\":\""
            + "z".repeat(200_000)
            + "\",\"b\":1}";

    // when
    String answer = filtered(endless, 1, 5000);

    // then
    assertThat(answer)
        .isEqualTo("{\"a\":\"" + "x".repeat(300_000) + "****y\",\"access_token\":\"\",\"b\":1}");
  }

  /// Texts within texts: Meta echoes what it was sent, and each layer escapes what the one below
  /// wrote.
  @Property(tries = 1000)
  void findsASecretHoweverItIsSpelledAndHoweverLongTheTextItStandsIn(@ForAll long seed) {
    // given
    Random random = new Random(seed);
    String spelled = spelled(random.nextBoolean() ? TOKEN : PROOF.revealSecret(), random);
    int before = random.nextBoolean() ? random.nextInt(20) : 64 * 1024 - random.nextInt(400);
    String meta = "{\"a\":\"%s%s\",\"%s\":[\"b\"]}".formatted("x".repeat(before), spelled, spelled);

    // when, then
    assertThat(filtered(meta, seed, 5000))
        .isEqualTo("{\"a\":\"" + "x".repeat(before) + "****\",\"****\":[\"b\"]}");
  }

  /// What stands before a secret might be taken for the beginning of an escape that it is part of.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\",
        "\\\\",
        "\\u",
        "\\u00",
        "%",
        "100%2",
        "%5C",
        "\\\\\\\\\\",
        "\\\"",
        "access_token",
        "\"access_token\":"
      })
  void isNotMisledByWhatStandsBeforeASecret(String before) {
    for (String secret :
        List.of("EAAB0123456789", "u00410123456789", "25abcdef0123", "n/token~1")) {
      AnswerFilter filter = new AnswerFilter(List.of(AccessToken.of(secret)), GATEWAY);

      String answer =
          new String(filter.accept(bytes("{\"a\":\"" + before + secret)), StandardCharsets.UTF_8)
              + new String(filter.accept(bytes("\"}")), StandardCharsets.UTF_8)
              + new String(filter.finish(), StandardCharsets.UTF_8);

      assertThat(answer).doesNotContain(secret).contains("****");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://x.example/?access_token=of-somebody&a=1",
        "https:\\/\\/x.example\\/?a=1\\u0026access_token=of-some\\u0062ody",
        "https://l.example/?u=https%3A%2F%2Fx.example%3Faccess_token%3Dof-somebody%26a%3D1",
        "access\\u005ftoken=of-somebody",
        "access%5Ftoken=of-somebody x",
        "{\\\"access_token\\\":\\\"of-somebody\\\",\\\"a\\\":1}",
        "{\\\"access_token\\\" : \\\"of-somebody\\\"}",
        "[\\\"{\\\\\\\"access_token\\\\\\\":\\\\\\\"of-somebody\\\\\\\"}\\\"]",
        "%7B%22access_token%22%3A%22of-somebody%22%7D",
        "appsecret_proof=of-somebody"
      })
  void masksWhatFollowsTheNameOfACredentialInATextOfAnyLength(String text) throws Exception {
    for (int before : List.of(0, 64 * 1024 - 5, 200_000)) {
      // given
      String meta = "{\"t\":\"" + "é".repeat(before / 2) + text + "\",\"b\":\"after\"}";

      // when
      String answer = filtered(meta, before, 3000);

      // then
      assertThat(answer).doesNotContain("somebody", "of-some");
      assertThat(JSON.readTree(answer).get("t").asText())
          .startsWith("é".repeat(before / 2))
          .contains("****");
      assertThat(JSON.readTree(answer).get("b").asText()).isEqualTo("after");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"fields\":\"access_token,name\",\"a\":\"access_token=\",\"b\":\"access_token=&c=d\"}",
        "{\"access_token\":null,\"a\":\"the access_token: none\",\"b\":\"my_access_token_id=5\"}",
        "{\"access_token\":17,\"appsecret_proof\":false,\"a\":\"100%\",\"b\":\"%u00\",\"c\":\"x\\\\\"}"
      })
  void leavesANameWithoutACredentialAlone(String meta) {
    assertThat(filtered(meta)).isEqualTo(meta);
  }

  @Test
  void blanksWhateverIsInsideACredential() throws Exception {
    // given
    String meta =
        """
        {"access_token":[["a"],"b",{"value":"c","more":[{"d":"e"}]}],"after":["f"],"x":{"access_token":{"g":"h"},"i":"j"}}
        """;

    // when
    String answer = filtered(meta, 3, 9);

    // then
    assertThat(JSON.readTree(answer))
        .isEqualTo(
            JSON.readTree(
                """
                {"access_token":[[""],"",{"value":"","more":[{"d":""}]}],"after":["f"],"x":{"access_token":{"g":""},"i":"j"}}
                """));
  }

  @Test
  void handsOutNoAddressThatNobodyCouldFollow() throws Exception {
    String meta =
        "{\"paging\":{\"next\":\"https://graph.facebook.com/%s\",\"previous\":\"https://graph.facebook.com/1\"}}"
            .formatted("x".repeat(70_000));

    JsonNode answer = JSON.readTree(filtered(meta, 1, 999));

    assertThat(answer.at("/paging/next").asText()).isEmpty();
    assertThat(answer.at("/paging/previous").asText()).isEqualTo(GATEWAY + "/1");
  }

  /// Each letter plain or escaped as JSON or a query may escape it, all of it within up to three
  /// more texts.
  private static String spelled(String secret, Random random) {
    String spelled =
        secret
            .chars()
            .mapToObj(c ->
                switch (random.nextInt(6)) {
                  case 0 -> (random.nextBoolean() ? "\\u%04x" : "\\u%04X").formatted(c);
                  case 1 -> (random.nextBoolean() ? "%%%02x" : "%%%02X").formatted(c);
                  case 2 -> c == '/' ? "\\/" : Character.toString(c);
                  default -> Character.toString(c);
                })
            .collect(java.util.stream.Collectors.joining());
    for (int layers = random.nextInt(3); layers > 0; layers--) {
      spelled =
          random.nextBoolean()
              ? spelled.replace("\\", "\\\\").replace("\"", "\\\"")
              : encoded(spelled);
    }
    return spelled;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String unicodeEscaped(String text) {
    return text.chars()
        .mapToObj(
            c -> Character.isLetterOrDigit(c) ? Character.toString(c) : "\\u%04X".formatted(c))
        .collect(java.util.stream.Collectors.joining());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static AnswerFilter filter() {
    return new AnswerFilter(List.of(ACCESS_TOKEN, PROOF), GATEWAY);
  }

  private static String filtered(String body) {
    return filtered(body, 0, Integer.MAX_VALUE);
  }

  private static String filtered(String body, long seed, int longest) {
    Random random = new Random(seed);
    AnswerFilter filter = filter();
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int at = 0; at < bytes.length; ) {
      int size =
          Math.min(
              bytes.length - at,
              longest == Integer.MAX_VALUE ? bytes.length : 1 + random.nextInt(longest));
      out.writeBytes(filter.accept(java.util.Arrays.copyOfRange(bytes, at, at + size)));
      at += size;
    }
    out.writeBytes(filter.finish());
    return out.toString(StandardCharsets.UTF_8);
  }
}
