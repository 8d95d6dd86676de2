package io.tokenwarden.fire;

import static org.awaitility.Awaitility.await;

import io.tokenwarden.testsupport.Client;
import io.tokenwarden.testsupport.MetaTwin.Person;
import io.tokenwarden.testsupport.check.Checker;
import io.tokenwarden.testsupport.fleet.Fleet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// People connect, lose their tokens and perhaps come back, while the product is harmed; all of it
/// drawn from one seed. Then all harm ends, everybody reconnects, and everything must come to rest
/// in a state where nothing is lost, twice, stuck or missing.
final class Round {
  private static final Duration LENGTH = Duration.ofMillis(4_500);
  private static final Duration HURRY = Duration.ofSeconds(3);

  /// Longer than what may wait by design: a quarantine of a minute, and the pauses of a run or a
  /// check that failed meanwhile.
  private static final Duration REST = Duration.ofSeconds(Integer.getInteger("fire.patience", 150));

  private final long seed;
  private final Fleet fleet;
  private final Random random;
  private final Script script = new Script();
  private final List<Person> people = new ArrayList<>();

  private Round(long seed, Fleet fleet) {
    this.seed = seed;
    this.fleet = fleet;
    this.random = new Random(seed);
  }

  /// What is to happen; nothing has yet.
  static Round drawn(long seed, Fleet fleet) {
    var round = new Round(seed, fleet);
    for (int i = 1 + round.random.nextInt(3); i > 0; i--) {
      round.drawPerson();
    }
    for (int i = 1 + round.random.nextInt(3); i > 0; i--) {
      round.drawHarm();
    }
    return round;
  }

  private void drawPerson() {
    var name = "Person " + (people.size() + 1);
    var person = fleet.twin().person(name, 1 + random.nextInt(2), 1 + random.nextInt(2));
    people.add(person);
    var client = new Client(fleet, HURRY);
    var connects = at(0, 1_000);
    var loses = at(1_200, 3_800);
    var cause = random.nextBoolean() ? "changes the password" : "removes the app";
    var comesBack = random.nextInt(3) == 0;
    script.add(connects, name + " connects", () -> client.connect(person));
    script.add(loses, name + " " + cause, () -> lose(person, cause));
    script.add(loses.plus(at(50, 300)), name + " forces a sync", () -> force(client, person));
    if (comesBack) {
      script.add(loses.plus(at(600, 1_500)), name + " reconnects", () -> client.connect(person));
    }
  }

  private Object lose(Person person, String cause) {
    if (cause.equals("removes the app")) {
      fleet.twin().removeApp(person);
    } else {
      fleet.twin().changePassword(person);
    }
    return person;
  }

  private static Object force(Client client, Person person) {
    person.adAccounts().forEach(client::force);
    return person;
  }

  private void drawHarm() {
    var harm = Harm.drawn(random, fleet);
    var begin = at(200, (int) LENGTH.toMillis() - 500);
    var end = begin.plus(at(200, 2_500));
    script.add(begin, harm.what(), () -> done(harm::begin));
    script.add(end, "… over: " + harm.what(), () -> done(harm::end));
  }

  private static Object done(Harm.Deed deed) throws Exception {
    deed.done();
    return deed;
  }

  private Duration at(int from, int to) {
    return Duration.ofMillis(from + random.nextInt(to - from));
  }

  /// @throws AssertionError if it does not end well
  String play(Checker checker) {
    long begin = System.nanoTime();
    script.play();
    fleet.heal();
    long healed = System.nanoTime();
    people.forEach(this::comeBack);
    checker.awaitNone(REST);
    long end = System.nanoTime();
    return "well %.1f s after all harm was over, %.1f s in all, %d records so far"
        .formatted((end - healed) / 1e9, (end - begin) / 1e9, checker.records());
  }

  /// Ends the story of a person: connected, and all ad accounts to be read now.
  private void comeBack(Person person) {
    var client = new Client(fleet, Duration.ofSeconds(20));
    succeed(person + " reconnects", () -> client.connect(person));
    for (var account : person.adAccounts()) {
      succeed("a sync of " + account + " is forced", () -> client.force(account));
    }
  }

  /// A person tries again when there is an error page.
  private static void succeed(String what, Runnable attempt) {
    await(what).atMost(REST).ignoreExceptions().untilAsserted(attempt::run);
  }

  long seed() {
    return seed;
  }

  /// In one line.
  String brief() {
    return "seed " + seed + ": " + script.brief();
  }

  @Override
  public String toString() {
    return "Seed " + seed + "\n" + script;
  }
}
