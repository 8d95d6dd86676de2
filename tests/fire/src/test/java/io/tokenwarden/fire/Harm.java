package io.tokenwarden.fire;

import io.tokenwarden.embedded.ChildProcess;
import io.tokenwarden.testsupport.fleet.Fleet;
import io.tokenwarden.testsupport.fleet.HeldLock;
import io.tokenwarden.testsupport.link.Direction;
import io.tokenwarden.testsupport.link.Fault;
import io.tokenwarden.testsupport.link.TcpProxy;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/// Something that is done to the product from outside, and that ends after a while.
interface Harm {

  /// Does it.
  void begin() throws Exception;

  /// Undoes it.
  void end() throws Exception;

  String what();

  /// Every kind of harm, drawn with equal chances of: a killed process, a frozen one, a bad link, a
  /// held lock.
  static Harm drawn(Random random, Fleet fleet) {
    return switch (random.nextInt(8)) {
      case 0, 1, 2 -> kill(random, fleet);
      case 3 -> freeze(random, fleet);
      case 4, 5, 6 -> link(random, fleet);
      default -> lock(random, fleet);
    };
  }

  private static Harm kill(Random random, Fleet fleet) {
    return switch (random.nextInt(8)) {
      case 0 -> of("kill the broker", fleet.kafka()::kill, fleet.kafka()::restart);
      case 1 -> of("kill PostgreSQL", fleet.postgres()::kill, fleet.postgres()::restart);
      default -> {
        var replica = one(random, fleet.replicas());
        yield of("kill " + replica, replica::kill, replica::start);
      }
    };
  }

  private static Harm freeze(Random random, Fleet fleet) {
    return switch (random.nextInt(8)) {
      case 0 -> freeze("the broker", fleet.kafka().process());
      case 1 -> freeze("PostgreSQL", fleet.postgres().process());
      default -> {
        var replica = one(random, fleet.replicas());
        yield of("freeze " + replica, replica::freeze, replica::thaw);
      }
    };
  }

  private static Harm freeze(String name, ChildProcess process) {
    return of("freeze " + name, process::freeze, process::thaw);
  }

  private static Harm link(Random random, Fleet fleet) {
    var link = one(random, fleet.links());
    return switch (random.nextInt(6)) {
      case 0 -> inflict(link, Fault.delay(Duration.ofMillis(20 + random.nextInt(300))));
      case 1 -> inflict(link, Fault.swallow());
      case 2 -> inflict(link, Fault.swallow(Direction.TO_CLIENT));
      case 3 -> inflict(link, Fault.cut(Direction.TO_CLIENT, random.nextInt(4_000)));
      case 4 -> inflict(link, Fault.refuse());
      default -> of("reset " + link.name(), link::reset, () -> {});
    };
  }

  private static Harm inflict(TcpProxy link, Fault fault) {
    return of(fault + " on " + link.name(), () -> link.inflict(fault), link::heal);
  }

  private static Harm lock(Random random, Fleet fleet) {
    var table =
        one(
            random,
            List.of(
                "auth.connection",
                "auth.question",
                "auth.outbox",
                "auth.inbox",
                "gateway.doubt",
                "gateway.connection_health",
                "refresher.due_work",
                "sync.schedule",
                "sync.coverage",
                "sync.inbox",
                "notifier.notification",
                "notifier.connection"));
    return new LockedTable(fleet, table);
  }

  /// Nobody can write to a table.
  final class LockedTable implements Harm {
    private final Fleet fleet;
    private final String table;
    private HeldLock lock;

    LockedTable(Fleet fleet, String table) {
      this.fleet = fleet;
      this.table = table;
    }

    @Override
    public void begin() {
      lock = HeldLock.by(fleet.database(), "lock table " + table + " in exclusive mode");
    }

    @Override
    public void end() {
      if (lock != null) {
        lock.close();
      }
    }

    @Override
    public String what() {
      return "lock " + table;
    }
  }

  private static <T> T one(Random random, List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private static Harm of(String what, Deed begin, Deed end) {
    return new Harm() {
      @Override
      public void begin() throws Exception {
        begin.done();
      }

      @Override
      public void end() throws Exception {
        end.done();
      }

      @Override
      public String what() {
        return what;
      }
    };
  }

  /// One thing to do.
  interface Deed {
    void done() throws Exception;
  }
}
