package io.tokenwarden.auth.handle;

import static java.time.temporal.ChronoUnit.SECONDS;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.audit.RefusalKind;
import io.tokenwarden.auth.audit.RefusalLog;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.registry.Connections;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.WorkspaceId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/// Writes down what graph-gateway refused, with the workspace whose business it is: that of the
/// handle or the connection. Who was nobody we know is the operators' to read.
@ApplicationScoped
class RefusedCalls {
  private static final String ACTION = "gateway.refusal";
  private static final String UNKNOWN = "unknown";

  private final Handles handles;
  private final Connections connections;
  private final RefusalLog refusals;

  @Inject
  RefusedCalls(Handles handles, Connections connections, RefusalLog refusals) {
    this.handles = handles;
    this.connections = connections;
    this.refusals = refusals;
  }

  /// Each in a transaction of its own, one after the other.
  Uni<Void> add(List<RefusedCall> refused) {
    return Multi.createFrom()
        .iterable(refused)
        .onItem()
        .transformToUniAndConcatenate(this::add)
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<Void> add(RefusedCall refused) {
    return Panache.withSession(() -> whoseBusiness(refused))
        .chain(business ->
            refusals.add(
                new RefusalKind(business.actor, ACTION, business.workspace, refused.what()),
                business.connection,
                howOften(refused),
                refused.times()));
  }

  private record Business(String actor, WorkspaceId workspace, ConnectionId connection) {
    static Business ofNobody(String actor) {
      return new Business(actor, WorkspaceId.ALL, null);
    }

    static Business of(Handle handle) {
      return handle == null
          ? ofNobody(UNKNOWN)
          : new Business("handle " + handle.id(), handle.workspace(), handle.connectionId());
    }

    static Business of(String service, Connection connection) {
      return connection == null
          ? ofNobody(service)
          : new Business(service, connection.workspace(), connection.connectionId());
    }
  }

  private Uni<Business> whoseBusiness(RefusedCall refused) {
    if (refused.handleId() != null) {
      return handles.findById(refused.handleId()).map(Business::of);
    }
    var actor = refused.subject() == null ? UNKNOWN : refused.subject();
    return refused.connectionId() == null
        ? Uni.createFrom().item(Business.ofNobody(actor))
        : connections.find(refused.connectionId()).map(found -> Business.of(actor, found));
  }

  private static String howOften(RefusedCall refused) {
    return refused.times() == 1
        ? ""
        : ", %d times from %s to %s"
            .formatted(
                refused.times(),
                refused.since().truncatedTo(SECONDS),
                refused.until().truncatedTo(SECONDS));
  }
}
