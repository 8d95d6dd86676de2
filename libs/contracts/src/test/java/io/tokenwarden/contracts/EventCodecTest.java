package io.tokenwarden.contracts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.contracts.Decoded.Known;
import io.tokenwarden.contracts.Decoded.Rejected;
import io.tokenwarden.contracts.Decoded.Rejection;
import io.tokenwarden.contracts.Decoded.Tombstone;
import io.tokenwarden.contracts.Decoded.UnknownType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecTest {
  private static final Map<String, String> HEADERS =
      Map.of(
          "ce_specversion", "1.0",
          "ce_id", "01931f3e-7c00-7000-8000-0000000000aa",
          "ce_source", "/tokenwarden/auth-service",
          "ce_type", "io.tokenwarden.token.health.v1",
          "ce_time", "2026-11-21T10:15:31Z");

  private static final String HEALTH =
      """
      {"workspaceId":"demo","connectionId":"01931f3e-7c00-7000-8000-000000000001","generation":1,
       "revision":1,"appId":"1","metaUserId":"7","tokenType":"USER",
       "occurredAt":"2026-11-21T10:15:30Z","health":{"tokenStatus":"ACTIVE",
       "lifecycle":"CONNECTED","conditions":[],"conditionsTotal":0,"capabilities":{},"scopes":[],
       "scopesTotal":0}}
      """;

  @Test
  void skipsATypeItDoesNotKnow() {
    // given
    var headers = new HashMap<>(HEADERS);
    headers.put("ce_type", "io.tokenwarden.token.melted.v1");

    // when
    var decoded = EventCodec.decode("token.health", Optional.of("k"), headers, bytes("{}"));

    // then
    assertThat(decoded).isEqualTo(new UnknownType("io.tokenwarden.token.melted.v1"));
  }

  @Test
  void aNullValueIsATombstoneOnACompactedTopicOnly() {
    // when
    var compacted = EventCodec.decode("token.health", Optional.of("k"), HEADERS, null);
    var kept = EventCodec.decode("token.expired", Optional.of("k"), HEADERS, null);

    // then
    assertThat(compacted).isEqualTo(new Tombstone(Topic.TOKEN_HEALTH, Optional.of("k")));
    assertThat(kept).isEqualTo(new Rejected(Rejection.INVALID));
  }

  @Test
  void rejectsWhatIsNoJson() {
    assertThat(decode("not json")).isEqualTo(new Rejected(Rejection.UNDECODABLE));
    assertThat(decode("{\"workspaceId\":")).isEqualTo(new Rejected(Rejection.UNDECODABLE));
  }

  /// Deeper than the parser goes, whatever stands there.
  @Test
  void rejectsWhatIsNestedWithoutMeasure() {
    // given
    var deep = "[".repeat(100_000) + "]".repeat(100_000);

    // then
    assertThat(decode(deep)).isEqualTo(new Rejected(Rejection.UNDECODABLE));
    assertThat(decode("{\"health\":" + deep + "}")).isEqualTo(new Rejected(Rejection.UNDECODABLE));
  }

  @Test
  void rejectsJsonThatIsNotWhatItsTypePromises() {
    assertThat(decode("{}")).isEqualTo(new Rejected(Rejection.INVALID));
    assertThat(decode("[]")).isEqualTo(new Rejected(Rejection.INVALID));
    assertThat(decode("{\"workspaceId\":17}")).isEqualTo(new Rejected(Rejection.INVALID));
  }

  @Test
  void rejectsRecordsThatAreNoCloudEvents() {
    // when
    var decoded = EventCodec.decode("token.health", Optional.of("k"), Map.of(), bytes("{}"));

    // then
    assertThat(decoded).isEqualTo(new Rejected(Rejection.UNDECODABLE));
  }

  @Test
  void rejectsWhatIsTooLarge() {
    // given
    var large = new byte[EventCodec.MAX_VALUE_BYTES + 1];

    // when
    var decoded = EventCodec.decode("token.health", Optional.of("k"), HEADERS, large);

    // then
    assertThat(decoded).isEqualTo(new Rejected(Rejection.TOO_LARGE));
  }

  @Property(tries = 1000)
  void neverThrowsWhateverTheValue(@ForAll byte[] value) {
    assertThat(EventCodec.decode("token.health", Optional.of("k"), HEADERS, value)).isNotNull();
  }

  @Property(tries = 1000)
  void neverThrowsWhateverTheHeaders(@ForAll Map<String, String> headers, @ForAll String value) {
    // given
    var mixed = new HashMap<>(HEADERS);
    mixed.putAll(headers);
    HEADERS.keySet().stream().limit(2).forEach(name -> mixed.put(name, value));

    // when
    var decoded = EventCodec.decode("token.health", Optional.empty(), mixed, bytes("{}"));

    // then
    assertThat(decoded).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ce_id", "ce_source", "ce_time"})
  void rejectsFactsThatDoNotSayWhereTheyComeFrom(String header) {
    // given
    var headers = new HashMap<>(HEADERS);
    headers.remove(header);

    // then
    assertThat(decode(headers)).isEqualTo(new Rejected(Rejection.INVALID));
  }

  @Test
  void rejectsFactsOfOthers() {
    // given
    var headers = new HashMap<>(HEADERS);
    headers.put("ce_source", "/somebodyelse/auth-service");

    // then
    assertThat(decode(headers)).isEqualTo(new Rejected(Rejection.INVALID));
  }

  @Test
  void rejectsAnotherVersionOfCloudEvents() {
    // given
    var headers = new HashMap<>(HEADERS);
    headers.put("ce_specversion", "0.3");

    // then
    assertThat(decode(headers)).isEqualTo(new Rejected(Rejection.UNDECODABLE));
  }

  @Test
  void passesTheTraceOn() {
    // given
    var headers = new HashMap<>(HEADERS);
    headers.put("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    // when
    var decoded = (Known) decode(headers);
    var record = EventCodec.encode(decoded.meta(), decoded.event());

    // then
    assertThat(record.headers()).containsEntry("traceparent", headers.get("traceparent"));
  }

  @Test
  void takesWhatIsJustSmallEnough() {
    // given
    var padded = (HEALTH + " ".repeat(EventCodec.MAX_VALUE_BYTES)).getBytes(UTF_8);
    var value = Arrays.copyOf(padded, EventCodec.MAX_VALUE_BYTES);

    // when
    var decoded = EventCodec.decode("token.health", Optional.of("k"), HEADERS, value);

    // then
    assertThat(decoded).isInstanceOf(Known.class);
  }

  private static Decoded decode(Map<String, String> headers) {
    return EventCodec.decode("token.health", Optional.of("k"), headers, bytes(HEALTH));
  }

  private static Decoded decode(String value) {
    return EventCodec.decode("token.health", Optional.of("k"), HEADERS, bytes(value));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
