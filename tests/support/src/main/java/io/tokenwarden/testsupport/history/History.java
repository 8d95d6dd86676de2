package io.tokenwarden.testsupport.history;

import io.tokenwarden.contracts.AdAccountId;
import io.tokenwarden.contracts.AppEvent;
import io.tokenwarden.contracts.AssetState;
import io.tokenwarden.contracts.ConnectionEvent;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.contracts.Event;
import io.tokenwarden.contracts.ScheduleEvent;
import io.tokenwarden.contracts.WorkspaceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// The life of one workspace: up to three connections through one Meta app that share ad accounts
/// and a pixel, what auth-service announced about them and the app, and what sync-worker announced
/// about the accounts' schedules. Each change is announced as often as it is in the product: as the
/// fact that is named after it, and as the complete state, with the same revision.
public final class History {
  private static final Instant BEGIN = Instant.parse("2026-11-20T08:00:00Z");
  private static final int MOST_CONNECTIONS = 3;
  private static final int MOST_ACCOUNTS = 2;
  private static final int MOST_STEPS = 14;

  private final long seed;
  private final WorkspaceId workspace;
  private final AppLife app;
  private final List<ConnectionLife> connections;
  private final List<AccountLife> accounts;
  private final List<Event> events = new ArrayList<>();

  private History(long seed, Random random) {
    this.seed = seed;
    workspace = WorkspaceId.of("ws-" + HexFormat.of().toHexDigits(seed));
    app = new AppLife(random, workspace, events);
    var ids = adAccounts(random);
    connections =
        IntStream.rangeClosed(0, random.nextInt(MOST_CONNECTIONS))
            .mapToObj(_ -> new ConnectionLife(random, workspace, app.id(), ids, events))
            .toList();
    accounts = ids.stream().map(id -> new AccountLife(random, workspace, id, events)).toList();
  }

  private static List<AdAccountId> adAccounts(Random random) {
    return Stream.generate(
            () -> new AdAccountId(Long.toString(random.nextLong(1L << 40, 1L << 50))))
        .limit(random.nextInt(1, MOST_ACCOUNTS + 1))
        .toList();
  }

  /// The same seed, the same history.
  public static History of(long seed) {
    var random = new Random(seed);
    var history = new History(seed, random);
    history.live(random);
    return history;
  }

  /// Seeds for histories that are to run through a database: few as a rule, and as many as the
  /// promise asks for with `-Dlong`.
  public static LongStream seedsForDatabase() {
    return LongStream.rangeClosed(1, Boolean.getBoolean("long") ? 500 : 20);
  }

  private void live(Random random) {
    int steps = random.nextInt(1, MOST_STEPS + 1);
    for (int step = 0; step < steps; step++) {
      var now = BEGIN.plusSeconds(60L * step);
      connections.get(random.nextInt(connections.size())).step(now);
      if (random.nextInt(3) == 0) {
        accounts.get(random.nextInt(accounts.size())).step(now, connections.getFirst().id());
      }
      if (random.nextInt(6) == 0) {
        app.step(now);
      }
    }
  }

  public WorkspaceId workspace() {
    return workspace;
  }

  public List<AdAccountId> adAccounts() {
    return accounts.stream().map(AccountLife::id).toList();
  }

  /// All that was announced, in the order in which it happened.
  public List<Event> events() {
    return List.copyOf(events);
  }

  /// The states that connections ever had, in the order in which they had them.
  public List<ConnectionState> everyConnectionState() {
    return events.stream()
        .filter(ConnectionEvent.class::isInstance)
        .map(event -> ((ConnectionEvent) event).connection())
        .distinct()
        .toList();
  }

  /// In the end: every connection that anything was said of.
  public List<ConnectionState> connections() {
    return connections.stream().flatMap(life -> life.state().stream()).toList();
  }

  /// In the end: every asset, as each connection that ever saw it sees it.
  public List<AssetState> assets() {
    return connections.stream().flatMap(life -> life.assets().stream()).toList();
  }

  public String appId() {
    return app.id();
  }

  /// In the end: what was said of the app last; empty if nothing ever was.
  public Optional<AppEvent> app() {
    return app.last();
  }

  /// In the end: every schedule that anything was said of.
  public List<ScheduleEvent> schedules() {
    return accounts.stream().flatMap(life -> life.schedule().stream()).toList();
  }

  /// In the end: when insights of an ad account were read last.
  public Map<AdAccountId, Instant> syncedAt() {
    return AccountLife.syncedAt(accounts);
  }

  /// One way in which all of it may be delivered; it depends on the seed, too.
  public List<Event> arrivals() {
    return Delivery.of(events, new Random(~seed));
  }

  @Override
  public String toString() {
    return "History.of(" + seed + "L)";
  }
}
