package io.tokenwarden.gateway.call;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.vertx.UniHelper;
import io.tokenwarden.gateway.answer.Refusal;
import io.tokenwarden.gateway.audit.Overreach;
import io.tokenwarden.gateway.call.Asker.HoldsHandle;
import io.tokenwarden.gateway.call.Asker.Nobody;
import io.tokenwarden.gateway.call.Asker.OfService;
import io.tokenwarden.gateway.handle.HandleAnswer;
import io.tokenwarden.gateway.handle.HandleAnswer.Granted;
import io.tokenwarden.gateway.handle.HandleAnswer.Unavailable;
import io.tokenwarden.gateway.handle.HandleAnswer.Worthless;
import io.tokenwarden.gateway.handle.Handles;
import io.tokenwarden.gateway.request.PresentedHandle;
import io.tokenwarden.service.Roles;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/// Tells by the credential who calls. A call shows one: two could be meant for two readers.
@ApplicationScoped
class Askers {

  private static final Duration SHORTLY = Duration.ofSeconds(5);
  private static final Pattern SCHEME = Pattern.compile("(?i)(?:Bearer|OAuth) +(\\S+)");

  private final Handles handles;

  @Inject
  Askers(Handles handles) {
    this.handles = handles;
  }

  /// @param inRequest the handle that stands where an SDK puts a token
  Future<Asker> identify(RoutingContext routing, Optional<PresentedHandle> inRequest) {
    String authorization = routing.request().getHeader("Authorization");
    if (authorization == null) {
      return inRequest
          .map(this::holder)
          .orElseGet(() -> Future.succeededFuture(new Nobody(Refusal.unauthenticated())));
    }
    Optional<PresentedHandle> inHeader = inHeader(authorization);
    if (inRequest.isPresent() && !inRequest.equals(inHeader)) {
      return Future.succeededFuture(
          new Nobody(
              Refusal.malformed("A call shows one credential, in one place")
                  .of(Overreach.NOT_CANONICAL)));
    }
    return inHeader.map(this::holder).orElseGet(() -> service(routing));
  }

  private static Optional<PresentedHandle> inHeader(String authorization) {
    var scheme = SCHEME.matcher(authorization);
    return scheme.matches() ? PresentedHandle.parse(scheme.group(1)) : Optional.empty();
  }

  private Future<Asker> holder(PresentedHandle presented) {
    return handles.look(presented).map(answer -> holder(presented, answer));
  }

  private static Asker holder(PresentedHandle presented, HandleAnswer answer) {
    return switch (answer) {
      case Granted(var grant) -> new HoldsHandle(presented, grant);
      case Worthless(var handle) -> new Nobody(Refusal.worthlessHandle(), handle, null);
      case Unavailable() ->
          new Nobody(Refusal.transientFault("Handles cannot be looked up", SHORTLY));
    };
  }

  private static Future<Asker> service(RoutingContext routing) {
    routing.put(
        QuarkusHttpUser.AUTH_FAILURE_HANDLER,
        (BiConsumer<RoutingContext, Throwable>) Askers::leftToUs);
    return UniHelper.toFuture(QuarkusHttpUser.getSecurityIdentity(routing, null))
        .otherwiseEmpty()
        .map(Askers::service);
  }

  private static Asker service(SecurityIdentity identity) {
    if (identity == null || identity.isAnonymous()) {
      return new Nobody(Refusal.unauthenticated());
    }
    String subject = identity.getPrincipal().getName();
    return identity.hasRole(Roles.SERVICE)
        ? new OfService(subject)
        : new Nobody(Refusal.unauthorised(), null, subject);
  }

  /// Quarkus would answer a bad bearer token by itself, and not in Graph's envelope.
  private static void leftToUs(RoutingContext routing, Throwable failure) {}
}
