package io.tokenwarden.fire;

import static io.tokenwarden.contracts.Service.AUTH_SERVICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenwarden.testsupport.Client;
import io.tokenwarden.testsupport.Meanwhile;
import io.tokenwarden.testsupport.MetaTwin.Person;
import io.tokenwarden.testsupport.check.Checker;
import io.tokenwarden.testsupport.fleet.Fleet;
import io.tokenwarden.testsupport.link.Direction;
import io.tokenwarden.testsupport.link.Fault;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// P8: whoever is killed at the worst moment, the story ends right, nothing is lost and nothing
/// takes effect twice. Each moment is forced and shown by the database before the kill.
class WorstMomentsIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Fleet fleet = Fleet.shared();

  @AfterEach
  void heal() {
    fleet.heal();
  }

  /// As a rule who acts, and broker and database once each; with `-Dlong` all of them at each
  /// moment.
  static Stream<Arguments> deaths() {
    return Stream.of(Moment.values())
        .flatMap(moment -> victims(moment).map(victim -> Arguments.of(moment, victim)));
  }

  private static Stream<Victim> victims(Moment moment) {
    if (Boolean.getBoolean("long")) {
      return Stream.of(Victim.values());
    }
    return switch (moment) {
      case BETWEEN_VERDICT_AND_ANNOUNCEMENT -> Stream.of(Victim.WHO_ACTS, Victim.THE_DATABASE);
      case BETWEEN_BLOCK_AND_COMMIT -> Stream.of(Victim.WHO_ACTS, Victim.THE_BROKER);
      case BETWEEN_ANNOUNCEMENT_AND_BLOCK,
          BETWEEN_ANNOUNCEMENT_AND_NOTIFICATION,
          IN_THE_REFRESH_OF_THE_LEASE ->
          Stream.of(Victim.WHO_ACTS);
    };
  }

  static Stream<Victim> deathsInAHandoff() {
    return Boolean.getBoolean("long") ? Stream.of(Victim.values()) : Stream.of(Victim.WHO_ACTS);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("deaths")
  void theStoryEndsRight(Moment moment, Victim victim) throws Exception {
    // given
    var story = Story.begun(fleet, moment + " " + victim);
    try (var _ = moment.reach(story)) {

      // when
      victim.kill(fleet, moment.acting(story));
    }
    fleet.heal();
    moment.goesOn(story);

    // then
    story.isBlocked();
    story.reconnects();
    story.isWell();
    story.wasToldOnce();
    nothingIsAmiss();
  }

  /// The code is exchanged and of no more use, and there is no connection yet.
  @ParameterizedTest
  @MethodSource("deathsInAHandoff")
  void aHandoffIsDoneOrCanBeDoneAgain(Victim victim) {
    // given
    var person = fleet.twin().person("In the middle of a handoff: " + victim, 1, 1);
    var auth = fleet.replica(AUTH_SERVICE);
    var lastCall = fleet.twin().lastCall();
    var usedBefore = usedHandoffs();
    auth.toMeta().inflict(Fault.swallow(Direction.TO_CLIENT));
    var dance = Meanwhile.get(() -> new Client(fleet).connect(person));
    await().atMost(SOON).untilAsserted(() -> assertExchanged(lastCall));
    assertThat(usedHandoffs()).isEqualTo(usedBefore + 1);
    assertThat(connections(person)).isZero();

    // when
    victim.kill(fleet, auth);
    fleet.heal();

    // then
    var done = dance.handle((_, failure) -> failure == null).join();
    var story = done ? Story.of(fleet, person, dance.join()) : Story.connected(fleet, person);
    story.isWell();
    assertThat(connections(person)).isEqualTo(1);
    assertThat(story.facts("token.connected", story.connection().toString()))
        .hasSize((int) generation(person));
    nothingIsAmiss();
  }

  private void assertExchanged(long lastCall) {
    assertThat(fleet.twin().callsAfter(lastCall))
        .anySatisfy(call -> assertThat(call.get("path").asText()).endsWith("/oauth/access_token"));
  }

  private long usedHandoffs() {
    return fleet.database().count("select count(*) from auth.handoff where used_at is not null");
  }

  private long connections(Person person) {
    return fleet
        .database()
        .count("select count(*) from auth.connection where meta_user_id = ?", person.id());
  }

  private long generation(Person person) {
    return fleet
        .database()
        .count("select generation from auth.connection where meta_user_id = ?", person.id());
  }

  /// The topics and the tables of all services agree.
  private void nothingIsAmiss() {
    try (var checker = Checker.of(fleet)) {
      checker.awaitNone(PATIENCE);
    }
  }
}
