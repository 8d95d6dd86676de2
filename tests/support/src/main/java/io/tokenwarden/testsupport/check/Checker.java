package io.tokenwarden.testsupport.check;

import static org.awaitility.Awaitility.await;

import io.tokenwarden.contracts.InsightsLevel;
import io.tokenwarden.contracts.Service;
import io.tokenwarden.testsupport.fleet.Database;
import io.tokenwarden.testsupport.fleet.Fleet;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/// Replays the recorded topics and compares them with the tables of all services, and these with
/// what Meta holds. Names every difference in words.
///
/// The records of a fleet are read once: each check reads on from where the last one ended.
public final class Checker implements AutoCloseable {
  private static final String ALL_LEVELS = "account,campaign,ad";
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Fleet fleet;
  private final Recording recording;
  private final List<Rule> rules;

  private Checker(Fleet fleet, Recording recording, Database database) {
    this.fleet = fleet;
    this.recording = recording;
    this.rules =
        List.of(
            new NothingStuck(recording, database),
            new NothingLost(recording, database),
            new NothingTwice(recording, database),
            new StatesAgree(recording, database),
            new SchedulesFollow(recording, database),
            new PeopleAreTold(recording, database),
            new NoDayMissing(database, fleet.twin(), levels(fleet)));
  }

  public static Checker of(Fleet fleet) {
    return new Checker(fleet, Recording.of(fleet.kafka().bootstrapServers()), fleet.database());
  }

  /// One that looks at other tables.
  public Checker on(Database database) {
    return new Checker(fleet, recording, database);
  }

  private static List<InsightsLevel> levels(Fleet fleet) {
    var codes = fleet.variable(Service.SYNC_WORKER, "SYNC_LEVELS").orElse(ALL_LEVELS);
    return Stream.of(codes.split(",")).map(InsightsLevel::of).toList();
  }

  /// All that is not as it must be, now; empty if everything has come to rest and is right.
  public List<String> differences() {
    recording.catchUp();
    return rules.stream().flatMap(Rule::differences).toList();
  }

  /// Waits until there is no difference, asking every half second.
  ///
  /// @throws AssertionError if there still is one then; the message names them all
  public void awaitNone(Duration patience) {
    try {
      await("all is well")
          .pollInSameThread()
          .atMost(patience)
          .pollInterval(PAUSE)
          .until(this::allIsWell);
    } catch (ConditionTimeoutException _) {
      var left = differences();
      throw new AssertionError(
          "After %d s there are %d differences:%n%s"
              .formatted(patience.toSeconds(), left.size(), String.join("\n", left)));
    }
  }

  /// Asks no further than the first rule that does not hold.
  private boolean allIsWell() {
    recording.catchUp();
    return rules.stream().flatMap(Rule::differences).findFirst().isEmpty();
  }

  /// How many records there are so far.
  public long records() {
    return recording.size();
  }

  @Override
  public void close() {
    recording.close();
  }
}
