package io.tokenwarden.gateway.answer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tokenwarden.graph.AccessToken;
import io.tokenwarden.graph.AppSecret;
import io.tokenwarden.graph.AppSecretProof;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Further pages lead through the gateway, and whoever came with a handle can follow them as they
/// are. The filter, which sees bytes, is compared with a rewriter that sees trees.
class PagingTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOKEN = "token|of/the~connection.0123456789";
  private static final AccessToken ACCESS_TOKEN = AccessToken.of(TOKEN);
  private static final AppSecretProof PROOF =
      AppSecretProof.of(AppSecret.of("secret"), ACCESS_TOKEN);
  private static final String GATEWAY = "https://graph.example.test";
  private static final String HANDLE = "handle-of-the-caller.0123456789";

  @Test
  void putsTheHandleIntoThePagesOfWhoeverCameWithOne() throws Exception {
    // given
    String meta =
        """
        {"paging":{"next":"https:\\/\\/graph.facebook.com\\/v25.0\\/me?access_token=%s&after=c",
         "previous":"https:\\/\\/graph.facebook.com\\/v25.0\\/me"},"next":"https://elsewhere.example/?access_token=x"}
        """
            .formatted(encoded(TOKEN));

    // when
    JsonNode answer = JSON.readTree(filtered(meta, HANDLE));

    // then
    assertThat(answer.at("/paging/next").asText())
        .isEqualTo(GATEWAY + "/v25.0/me?after=c&access_token=" + HANDLE);
    assertThat(answer.at("/paging/previous").asText())
        .isEqualTo(GATEWAY + "/v25.0/me?access_token=" + HANDLE);
    assertThat(answer.at("/next").asText())
        .isEqualTo("https://elsewhere.example/?access_token=****");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "access%5Ftoken=x",
        "access_token=x",
        "access_token",
        "appsecret_proof=y",
        "%61ccess_token=x"
      })
  void leavesNoCredentialOfMetasInAPageHoweverItsNameIsSpelled(String parameter) throws Exception {
    String meta =
        "{\"paging\":{\"next\":\"https://graph.facebook.com/v25.0/me?a=1&%s&b=100%%#top\"}}"
            .formatted(parameter);

    JsonNode answer = JSON.readTree(filtered(meta, HANDLE));

    assertThat(answer.at("/paging/next").asText())
        .isEqualTo(GATEWAY + "/v25.0/me?a=1&b=100%&access_token=" + HANDLE);
  }

  @Test
  void rewritesThePagesInTheBodiesOfABatchAndBlanksTheirCredentials() throws Exception {
    // given
    ObjectNode page = JSON.createObjectNode();
    page.putObject("paging").put("next", "https://graph.facebook.com/v25.0/1/ads?after=QVFI");
    page.put("access_token", "of-a-page").put("name", "é \"quoted\" \\ /");
    ArrayNode batch = JSON.createArrayNode().addNull();
    batch.addObject().put("code", 200).put("body", page.toString());
    batch.addObject().put("code", 500).put("body", "no JSON: {\"paging\":{\"next\":\"http");

    // when
    JsonNode answer = JSON.readTree(filtered(batch.toString(), HANDLE));

    // then
    JsonNode body = JSON.readTree(answer.at("/1/body").asText());
    assertThat(body.at("/paging/next").asText())
        .isEqualTo(GATEWAY + "/v25.0/1/ads?after=QVFI&access_token=" + HANDLE);
    assertThat(body.get("access_token").asText()).isEmpty();
    assertThat(body.get("name").asText()).isEqualTo("é \"quoted\" \\ /");
    assertThat(answer.get(0).isNull()).isTrue();
    assertThat(answer.at("/2/body").asText()).startsWith("no JSON: {\"paging\":{\"next\":\"");
  }

  /// What somebody calls a campaign is theirs, also if it looks like an answer.
  @Test
  void takesNoOtherTextForTheBodyOfABatch() {
    String page = "{\\\"paging\\\":{\\\"next\\\":\\\"https://graph.facebook.com/1\\\"}}";

    for (String meta :
        List.of(
            "{\"body\":\"%s\"}",
            "[{\"name\":\"%s\"}]", "{\"data\":[{\"body\":\"%s\"}]}", "[\"%s\"]")) {
      assertThat(filtered(meta.formatted(page), HANDLE)).isEqualTo(meta.formatted(page));
    }
  }

  @Property(tries = 3000)
  void doesWithBytesWhatAnybodyWouldDoWithATree(@ForAll long seed) throws Exception {
    // given
    Random random = new Random(seed);
    String handle = random.nextBoolean() ? HANDLE : null;
    JsonNode meta = random.nextBoolean() ? batch(random) : object(random, 4);

    // when
    String sent = written(meta, random);
    String whole = filtered(sent, handle);
    String cut = filtered(sent, handle, random);

    // then
    assertThat(cut).isEqualTo(whole);
    assertThat(withBodiesRead(read(whole)))
        .as("%s", sent)
        .isEqualTo(withBodiesRead(rewritten(meta, handle)));
  }

  // ---- what Meta might answer

  private static JsonNode batch(Random random) {
    ArrayNode batch = JSON.createArrayNode();
    for (int items = random.nextInt(5); items >= 0; items--) {
      if (random.nextInt(6) == 0) {
        batch.addNull();
      } else {
        batch
            .addObject()
            .put("code", 200)
            .put("body", written(object(random, 3), random))
            .set("headers", object(random, 1));
      }
    }
    return batch;
  }

  private static ObjectNode object(Random random, int depth) {
    ObjectNode object = JSON.createObjectNode();
    for (int members = random.nextInt(5); members > 0; members--) {
      object.set(name(random), value(random, depth));
    }
    if (random.nextBoolean()) {
      ObjectNode paging = object.putObject("paging");
      paging.put("next", random.nextInt(8) == 0 ? "none" : address(random));
      paging.put("previous", address(random));
      paging.putObject("cursors").put("after", text(random)).put("next", text(random));
    }
    return object;
  }

  private static JsonNode value(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 7 : 4)) {
      case 0 -> JsonNodeFactory.instance.numberNode(random.nextInt());
      case 1 -> JsonNodeFactory.instance.nullNode();
      case 2, 3 -> TextNode.valueOf(text(random));
      case 4 -> TextNode.valueOf(address(random));
      case 5 -> object(random, depth - 1);
      default -> {
        ArrayNode array = JSON.createArrayNode();
        IntStream.range(0, random.nextInt(4)).forEach(_ -> array.add(value(random, depth - 1)));
        yield array;
      }
    };
  }

  private static String name(Random random) {
    return oneOf(
        random, "id", "name", "data", "next", "access_token", "paging_", "bod", text(random));
  }

  private static String text(Random random) {
    return IntStream.range(0, random.nextInt(12))
        .mapToObj(_ ->
            oneOf(
                random,
                "a",
                "é",
                "😀",
                "\\",
                "\"",
                "/",
                "&",
                "=",
                "%",
                "\n",
                "_",
                "{",
                "]",
                ":",
                ",",
                "\u0001",
                "x".repeat(random.nextInt(40)),
                TOKEN,
                "access_token=abc&",
                PROOF.revealSecret()))
        .collect(Collectors.joining());
  }

  private static String address(Random random) {
    List<String> query =
        new ArrayList<>(
            List.of(
                "access_token=" + encoded(TOKEN),
                "appsecret_proof=" + PROOF.revealSecret(),
                "after=QVFIUmx1WTB",
                "fields=id%2Cname",
                "limit=25"));
    Collections.shuffle(query, random);
    List<String> some = query.subList(0, random.nextInt(query.size() + 1));
    return "https://graph.facebook.com/v25.0/"
        + random.nextInt(1000)
        + "/ads"
        + (some.isEmpty() ? "" : "?" + String.join("&", some));
  }

  /// With the escapes that writers of JSON are free to use.
  private static String written(JsonNode json, Random random) {
    StringBuilder written = new StringBuilder();
    json.toString()
        .codePoints()
        .forEach(c -> {
          if ((c < 0x80 && c != '/') || random.nextInt(3) > 0) {
            written.appendCodePoint(c);
          } else if (c == '/') {
            written.append("\\/");
          } else {
            Character.toString(c).chars().forEach(u -> written.append("\\u%04x".formatted(u)));
          }
        });
    return written.toString();
  }

  // ---- the same on a tree

  private static JsonNode rewritten(JsonNode meta, String handle) {
    if (!meta.isArray()) {
      return tree(meta, "", false, handle);
    }
    ArrayNode batch = JSON.createArrayNode();
    for (JsonNode item : meta) {
      JsonNode better = tree(item, "", false, handle);
      if (better instanceof ObjectNode object) {
        object.put("body", tree(read(item.get("body").asText()), "", false, handle).toString());
      }
      batch.add(better);
    }
    return batch;
  }

  private static JsonNode tree(JsonNode node, String name, boolean inPaging, String handle) {
    if (name.equals("access_token")) {
      return blanked(node);
    }
    if (node instanceof ObjectNode object) {
      ObjectNode better = JSON.createObjectNode();
      object
          .properties()
          .forEach(member ->
              better.set(
                  clean(member.getKey()),
                  tree(member.getValue(), member.getKey(), name.equals("paging"), handle)));
      return better;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode better = JSON.createArrayNode();
      array.forEach(element -> better.add(tree(element, "", false, handle)));
      return better;
    }
    if (node.isTextual()) {
      String text = node.asText();
      boolean page = inPaging && List.of("next", "previous").contains(name);
      return TextNode.valueOf(page && text.startsWith("http") ? page(text, handle) : clean(text));
    }
    return node;
  }

  private static JsonNode blanked(JsonNode node) {
    if (node instanceof ObjectNode object) {
      ObjectNode better = JSON.createObjectNode();
      object
          .properties()
          .forEach(member -> better.set(clean(member.getKey()), blanked(member.getValue())));
      return better;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode better = JSON.createArrayNode();
      array.forEach(element -> better.add(blanked(element)));
      return better;
    }
    return node.isTextual() ? TextNode.valueOf("") : node;
  }

  private static String page(String address, String handle) {
    URI meta = URI.create(address.replace("|", "%7C"));
    List<String> query = new ArrayList<>();
    if (meta.getRawQuery() != null) {
      Arrays.stream(meta.getRawQuery().split("&", -1))
          .filter(pair -> !pair.startsWith("access_token=") && !pair.startsWith("appsecret_proof="))
          .forEach(query::add);
    }
    if (handle != null) {
      query.add("access_token=" + handle);
    }
    return GATEWAY + meta.getRawPath() + (query.isEmpty() ? "" : "?" + String.join("&", query));
  }

  private static String clean(String text) {
    return text.replace(TOKEN, "****")
        .replace(encoded(TOKEN), "****")
        .replaceAll("access_token=[^&]+", "access_token=****")
        .replace(PROOF.revealSecret(), "****");
  }

  private static JsonNode withBodiesRead(JsonNode answer) {
    if (answer.isArray()) {
      answer.forEach(item -> {
        if (item instanceof ObjectNode object) {
          object.set("body", read(object.get("body").asText()));
        }
      });
    }
    return answer;
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError("Not JSON: " + json, e);
    }
  }

  // ---- the filter

  private static String filtered(String body, String handle) {
    AnswerFilter filter = filter(handle);
    return utf8(filter.accept(bytes(body))) + utf8(filter.finish());
  }

  private static String filtered(String body, String handle, Random random) {
    AnswerFilter filter = filter(handle);
    byte[] bytes = bytes(body);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int longest = 1 + random.nextInt(100);
    for (int at = 0; at < bytes.length; ) {
      int end = Math.min(bytes.length, at + 1 + random.nextInt(longest));
      out.writeBytes(filter.accept(Arrays.copyOfRange(bytes, at, end)));
      at = end;
    }
    out.writeBytes(filter.finish());
    return utf8(out.toByteArray());
  }

  private static AnswerFilter filter(String handle) {
    return new AnswerFilter(List.of(ACCESS_TOKEN, PROOF), URI.create(GATEWAY + "/"), handle);
  }

  private static String oneOf(Random random, String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String utf8(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
