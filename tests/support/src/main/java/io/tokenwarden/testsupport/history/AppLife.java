package io.tokenwarden.testsupport.history;

import io.tokenwarden.contracts.AppEvent;
import io.tokenwarden.contracts.AppEvent.AppBlocked;
import io.tokenwarden.contracts.AppEvent.AppRestored;
import io.tokenwarden.contracts.Event;
import io.tokenwarden.contracts.GraphErrorInfo;
import io.tokenwarden.contracts.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// What auth-service says about the Meta app: blocked and restored in turn. It is the workspace's
/// own, or the managed one of the operators.
final class AppLife {
  private static final GraphErrorInfo BLOCKED =
      new GraphErrorInfo(200, null, "OAuthException", 400, "trace");

  private final String id;
  private final WorkspaceId owner;
  private final List<Event> announced;
  private AppEvent last;

  AppLife(Random random, WorkspaceId workspace, List<Event> announced) {
    id = Long.toString(random.nextLong(1L << 50, 1L << 60));
    owner = random.nextBoolean() ? workspace : AppEvent.OPERATORS;
    this.announced = announced;
  }

  void step(Instant now) {
    last =
        last instanceof AppBlocked blocked
            ? new AppRestored(owner, id, blocked.revision() + 1, now, BLOCKED)
            : new AppBlocked(owner, id, last == null ? 1 : last.revision() + 1, now, BLOCKED);
    announced.add(last);
  }

  String id() {
    return id;
  }

  Optional<AppEvent> last() {
    return Optional.ofNullable(last);
  }
}
