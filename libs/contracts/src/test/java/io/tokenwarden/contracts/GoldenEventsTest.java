package io.tokenwarden.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// One golden file per fact: what subscribers were promised stays what is sent.
class GoldenEventsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final EventMeta META =
      new EventMeta(
          UUID.fromString("01931f3e-7c00-7000-8000-0000000000aa"),
          Service.AUTH_SERVICE,
          Instant.parse("2026-11-21T10:15:31Z"),
          Optional.empty());

  static Stream<Topic> knownTopics() {
    return EventCodec.knownTypes().keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("knownTopics")
  void isReadAndWrittenByteForByte(Topic topic) throws IOException {
    // given
    var golden = JSON.writeValueAsBytes(golden(topic));

    // when
    var event = decode(topic, golden);

    // then
    assertThat(event).isInstanceOf(EventCodec.knownTypes().get(topic));
    assertThat(event.topic()).isEqualTo(topic);
    assertThat(new String(EventCodec.encode(META, event).value(), StandardCharsets.UTF_8))
        .isEqualTo(new String(golden, StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @MethodSource("knownTopics")
  void keepsItsPublishedSchema(Topic topic) throws IOException {
    // given
    var schema = schema(topic);

    // when
    var errors = schema.validate(golden(topic).toString(), InputFormat.JSON);

    // then
    assertThat(errors).isEmpty();
    assertThat(schema.getSchemaNode().get("$id").asString()).isEqualTo(topic.dataSchema());
  }

  @ParameterizedTest
  @MethodSource("knownTopics")
  void schemaNamesEveryFieldThatIsSent(Topic topic) throws IOException {
    // given
    var properties = schema(topic).getSchemaNode().get("properties");

    // when
    var sent = golden(topic).fieldNames();

    // then
    assertThat(sent).toIterable().allSatisfy(field -> assertThat(properties.has(field)).isTrue());
  }

  @ParameterizedTest
  @MethodSource("knownTopics")
  void ignoresFieldsThatALaterVersionAdds(Topic topic) throws IOException {
    // given
    var extended = golden(topic).<ObjectNode>deepCopy();
    extended.put("addedLater", "something");

    // when
    var event = decode(topic, JSON.writeValueAsBytes(extended));

    // then
    assertThat(event).isEqualTo(decode(topic, JSON.writeValueAsBytes(golden(topic))));
  }

  @Test
  void headersAreCloudEventsInBinaryMode() throws IOException {
    // given
    var event = decode(Topic.TOKEN_EXPIRED, JSON.writeValueAsBytes(golden(Topic.TOKEN_EXPIRED)));

    // when
    var record = EventCodec.encode(META, event);

    // then
    assertThat(record.topic()).isEqualTo("token.expired");
    assertThat(record.key()).isEqualTo("01931f3e-7c00-7000-8000-000000000001");
    assertThat(record.headers())
        .containsEntry("ce_specversion", "1.0")
        .containsEntry("ce_id", "01931f3e-7c00-7000-8000-0000000000aa")
        .containsEntry("ce_source", "/tokenwarden/auth-service")
        .containsEntry("ce_type", "io.tokenwarden.token.expired.v1")
        .containsEntry("ce_subject", record.key())
        .containsEntry("ce_time", "2026-11-21T10:15:31Z")
        .containsEntry("ce_dataschema", "urn:tokenwarden:schema:token.expired.v1")
        .containsEntry("content-type", "application/json")
        .containsEntry("ce_workspaceid", "demo")
        .containsEntry("ce_generation", "1")
        .containsEntry("ce_revision", "5")
        .doesNotContainKey("traceparent");
  }

  @ParameterizedTest
  @MethodSource("knownTopics")
  void itsHeadersSayWhatItsValueSays(Topic topic) throws IOException {
    // given
    var golden = golden(topic);

    // when
    var record = EventCodec.encode(META, decode(topic, JSON.writeValueAsBytes(golden)));

    // then
    assertThat(record.topic()).isEqualTo(topic.topicName());
    assertThat(record.key()).isEqualTo(key(topic, golden));
    assertThat(record.headers().get("ce_workspaceid"))
        .isEqualTo(golden.get("workspaceId").textValue());
    assertThat(record.headers().get("ce_generation")).isEqualTo(text(golden, "generation"));
    assertThat(record.headers().get("ce_revision")).isEqualTo(text(golden, "revision"));
  }

  /// What stays in order: all that is said of one thing.
  private static String key(Topic topic, JsonNode golden) {
    var family = topic.topicName().substring(0, topic.topicName().indexOf('.'));
    return switch (family) {
      case "token", "scope" -> text(golden, "connectionId");
      case "asset" -> text(golden, "connectionId") + "/" + text(golden, "assetId");
      case "app" -> text(golden, "appId");
      case "handle" -> text(golden, "handleId");
      case "schedule", "insights" ->
          text(golden, "workspaceId") + "/" + text(golden, "adAccountId");
      case "notification" -> text(golden, "notificationId");
      case "graph" -> text(golden, "scope");
      default -> throw new AssertionError("No key is known of " + topic);
    };
  }

  private static String text(JsonNode golden, String field) {
    return golden.has(field) ? golden.get(field).asText() : null;
  }

  @ParameterizedTest
  @MethodSource("knownTopics")
  void countsFromOne(Topic topic) throws IOException {
    for (var number : List.of("generation", "revision")) {
      if (golden(topic).has(number) && !(number.equals("revision") && isOfItsOwn(topic))) {
        // given
        var zero = golden(topic).<ObjectNode>deepCopy().put(number, 0);

        // then
        assertThat(decoded(topic, JSON.writeValueAsBytes(zero)))
            .isEqualTo(new Decoded.Rejected(Decoded.Rejection.INVALID));
      }
    }
  }

  /// Apps and schedules have no generations, and number their states themselves.
  private static boolean isOfItsOwn(Topic topic) {
    return topic.topicName().matches("(app|schedule)\\..*");
  }

  private static Event decode(Topic topic, byte[] value) {
    var decoded = decoded(topic, value);
    assertThat(decoded).isInstanceOf(Decoded.Known.class);
    assertThat(((Decoded.Known) decoded).meta())
        .isEqualTo(new EventMeta(META.id(), topic.producer(), META.time(), Optional.empty()));
    return ((Decoded.Known) decoded).event();
  }

  private static Decoded decoded(Topic topic, byte[] value) {
    var headers =
        Map.of(
            "ce_specversion", "1.0",
            "ce_id", META.id().toString(),
            "ce_source", "/tokenwarden/" + topic.producer().id(),
            "ce_type", topic.eventType(),
            "ce_time", META.time().toString());
    return EventCodec.decode(topic.topicName(), Optional.of("key"), headers, value);
  }

  private static JsonNode golden(Topic topic) throws IOException {
    return JSON.readTree(resource("/golden/" + topic.topicName() + ".v1.json"));
  }

  private static Schema schema(Topic topic) throws IOException {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(
            new String(
                resource("/schemas/" + topic.topicName() + ".v1.schema.json"),
                StandardCharsets.UTF_8));
  }

  private static byte[] resource(String path) throws IOException {
    try (var in = GoldenEventsTest.class.getResourceAsStream(path)) {
      assertThat(in).as(path).isNotNull();
      return in.readAllBytes();
    }
  }
}
