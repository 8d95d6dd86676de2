package io.tokenwarden.gateway.call;

import io.tokenwarden.contracts.Lifecycle;
import io.tokenwarden.contracts.TokenStatus;
import io.tokenwarden.gateway.connection.Connections;
import io.tokenwarden.gateway.connection.KnownConnection;
import io.tokenwarden.gateway.handle.HandleAnswer.Granted;
import io.tokenwarden.gateway.handle.HandleGrant;
import io.tokenwarden.gateway.handle.Handles;
import io.tokenwarden.gateway.request.PresentedHandle;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/// Answers a holder's `debug_token` about the handle itself: SDKs ask it for the app and the end.
/// Of the token behind it is told what auth-service last said of it.
@ApplicationScoped
class HandleInspection {
  private final Handles handles;
  private final Connections connections;

  @Inject
  HandleInspection(Handles handles, Connections connections) {
    this.handles = handles;
    this.connections = connections;
  }

  /// @param own what the caller holds
  /// @param inspected what it asks about; empty for its own
  /// @return the body of an answer; empty if the caller asks about another handle, or nothing was
  ///   said of the connection yet
  Future<Optional<String>> of(HandleGrant own, Optional<PresentedHandle> inspected) {
    return isOwn(own, inspected)
        .map(answers ->
            answers
                ? connections.find(own.connection()).map(known -> body(own, known).encode())
                : Optional.empty());
  }

  private Future<Boolean> isOwn(HandleGrant own, Optional<PresentedHandle> inspected) {
    return inspected
        .map(handles::look)
        .map(answer ->
            answer.map(it -> it instanceof Granted(var grant) && grant.id().equals(own.id())))
        .orElseGet(() -> Future.succeededFuture(true));
  }

  private static JsonObject body(HandleGrant own, KnownConnection known) {
    var health = known.health();
    var data =
        new JsonObject()
            .put("app_id", known.appId())
            .put("type", known.tokenType().name())
            .put(
                "is_valid",
                health.tokenStatus() == TokenStatus.ACTIVE
                    && health.lifecycle() == Lifecycle.CONNECTED)
            .put("expires_at", own.expiresAt().getEpochSecond())
            .put("scopes", new JsonArray(health.scopes()))
            .put("user_id", known.metaUserId());
    return new JsonObject().put("data", data);
  }
}
