package io.tokenwarden.testsupport.history;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenwarden.contracts.AppEvent;
import io.tokenwarden.contracts.AssetEvent;
import io.tokenwarden.contracts.ConnectionEvent;
import io.tokenwarden.contracts.Decoded;
import io.tokenwarden.contracts.Decoded.Known;
import io.tokenwarden.contracts.Decoded.UnknownType;
import io.tokenwarden.contracts.EncodedEvent;
import io.tokenwarden.contracts.Event;
import io.tokenwarden.contracts.EventCodec;
import io.tokenwarden.contracts.EventMeta;
import io.tokenwarden.contracts.Service;
import io.tokenwarden.contracts.Topic;
import java.io.IOException;
import java.time.Clock;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<Topic> NOT_OF_A_LIFE =
      EnumSet.of(
          Topic.TOKEN_SUSPECTED,
          Topic.HANDLE_REVOKED,
          Topic.GRAPH_THROTTLED,
          Topic.NOTIFICATION_RAISED);

  @Test
  void theSameSeedGivesTheSameHistoryAndDelivery() {
    assertThat(History.of(7).events()).isEqualTo(History.of(7).events()).isNotEmpty();
    assertThat(History.of(7).arrivals()).isEqualTo(History.of(7).arrivals());
    assertThat(History.of(7).events()).isNotEqualTo(History.of(8).events());
  }

  @Test
  void livesKnowEveryFactThereIsAboutThem() {
    // given
    var facts = new HashSet<>(EventCodec.knownTypes().keySet());
    facts.removeAll(NOT_OF_A_LIFE);

    // when
    var told = histories().flatMap(each -> each.events().stream()).map(Event::topic);

    // then
    assertThat(told.collect(toSet())).isEqualTo(facts);
  }

  @Test
  void everyChangeOfAConnectionIsToldAsItsCompleteStateToo() {
    histories()
        .forEach(history -> {
          var complete =
              history.events().stream().filter(ConnectionEvent.TokenHealth.class::isInstance);
          assertThat(complete.map(event -> ((ConnectionEvent) event).connection()))
              .as("%s", history)
              .containsExactlyElementsOf(history.everyConnectionState());
        });
  }

  @Test
  void whatIsTrueInTheEndIsWhatWasAnnouncedLast() {
    histories()
        .forEach(history -> {
          var lastOfEach = new HashMap<String, Object>();
          history
              .events()
              .forEach(event -> {
                switch (event) {
                  case ConnectionEvent about -> lastOfEach.put(about.key(), about.connection());
                  case AssetEvent about -> lastOfEach.put(about.key(), about.asset());
                  case AppEvent about -> lastOfEach.put(about.key(), about);
                  default -> {}
                }
              });
          assertThat(lastOfEach.values())
              .as("%s", history)
              .containsExactlyInAnyOrderElementsOf(
                  Stream.of(
                          history.connections(), history.assets(), history.app().stream().toList())
                      .flatMap(List::stream)
                      .toList());
        });
  }

  @Test
  void everythingArrivesButWhatCompactionMadeSuperfluous() {
    histories()
        .forEach(history -> {
          var missing = new HashSet<>(history.events());
          missing.removeAll(new HashSet<>(history.arrivals()));
          assertThat(missing).as("%s", history).allMatch(event -> event.topic().compacted());
          assertThat(history.arrivals()).as("%s", history).containsAll(lastOfEachKey(history));
        });
  }

  @Test
  void someArriveOutOfOrderAndSomeTwice() {
    assertThat(histories().filter(each -> !each.arrivals().equals(each.events())).count())
        .isGreaterThan(80);
    assertThat(
            histories()
                .filter(each -> new HashSet<>(each.arrivals()).size() < each.arrivals().size())
                .count())
        .isGreaterThan(50);
  }

  @Test
  void membersThatALaterVersionAddsArePassedOver() {
    histories()
        .flatMap(history -> history.events().stream())
        .forEach(event -> {
          var record = EventCodec.encode(meta(), event);
          assertThat(decoded(record, record.headers(), withMoreMembers(record)))
              .isInstanceOfSatisfying(
                  Known.class, known -> assertThat(known.event()).isEqualTo(event));
        });
  }

  @Test
  void typesThatALaterVersionAddsArePassedOver() {
    histories()
        .flatMap(history -> history.events().stream())
        .forEach(event -> {
          var record = EventCodec.encode(meta(), event);
          var headers = new HashMap<>(record.headers());
          headers.put("ce_type", "io.tokenwarden.token.transferred.v1");
          assertThat(decoded(record, headers, record.value())).isInstanceOf(UnknownType.class);
        });
  }

  private static Stream<History> histories() {
    return LongStream.range(0, 100).mapToObj(History::of);
  }

  private static List<Event> lastOfEachKey(History history) {
    return history.events().stream()
        .collect(groupingBy(event -> event.topic() + "/" + event.key()))
        .values()
        .stream()
        .map(List::getLast)
        .toList();
  }

  private static EventMeta meta() {
    return EventMeta.now(Service.AUTH_SERVICE, Clock.systemUTC(), Optional.empty());
  }

  private static Decoded decoded(EncodedEvent record, Map<String, String> headers, byte[] value) {
    return EventCodec.decode(record.topic(), Optional.of(record.key()), headers, value);
  }

  private static byte[] withMoreMembers(EncodedEvent record) {
    try {
      var tree = JSON.readTree(record.value());
      addMembers(tree);
      return JSON.writeValueAsBytes(tree);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// Everywhere but among capabilities, whose names are a closed list.
  private static void addMembers(JsonNode node) {
    node.properties().stream()
        .filter(member -> !member.getKey().equals("capabilities"))
        .forEach(member -> addMembers(member.getValue()));
    node.forEach(child -> {
      if (node.isArray()) {
        addMembers(child);
      }
    });
    if (node instanceof ObjectNode object) {
      object.put("addedLater", 1).putObject("addedToo").put("deep", true);
    }
  }
}
