package io.tokenwarden.gateway.handle;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.smallrye.mutiny.vertx.UniHelper;
import io.tokenwarden.gateway.handle.AuthHandles.Presented;
import io.tokenwarden.gateway.handle.HandleAnswer.Granted;
import io.tokenwarden.gateway.handle.HandleAnswer.Unavailable;
import io.tokenwarden.gateway.handle.HandleAnswer.Worthless;
import io.tokenwarden.gateway.request.PresentedHandle;
import io.vertx.core.Future;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/// What the handles open that were shown to this replica.
///
/// One question to auth-service per handle at a time, and one a minute while it is in use. What is
/// remembered is bounded, whatever strangers show: the hashes of so many keys, the least used of
/// them forgotten first.
@ApplicationScoped
public class Handles {

  private static final Logger LOG = Logger.getLogger(Handles.class);

  private static final Duration GOOD_FOR = Duration.ofSeconds(60);
  private static final Duration WORTHLESS_FOR = Duration.ofSeconds(5);
  private static final int REMEMBERED = 10_000;

  private final AuthHandles auth;
  private final Clock clock;
  private final AsyncCache<String, HandleAnswer> known;
  private final RevokedHandles revoked;

  @Inject
  Handles(@RestClient AuthHandles auth, RevokedHandles revoked, Clock clock) {
    this.auth = auth;
    this.revoked = revoked;
    this.clock = clock;
    this.known =
        Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .ticker(() -> Duration.between(Instant.EPOCH, clock.instant()).toNanos())
            .expireAfter(Expiry.<String, HandleAnswer>creating((_, answer) -> lifetime(answer)))
            .buildAsync();
  }

  /// What the key opens now.
  public Future<HandleAnswer> look(PresentedHandle presented) {
    return Future.fromCompletionStage(
            known.get(presented.hash(), (_, _) -> ask(presented).toCompletableFuture()))
        .map(this::now);
  }

  private CompletableFuture<HandleAnswer> ask(PresentedHandle presented) {
    return UniHelper.toFuture(auth.introspect(new Presented(presented.value())))
        .map(Introspection::answer)
        .otherwise(Handles::notTold)
        .toCompletionStage()
        .toCompletableFuture();
  }

  private static HandleAnswer notTold(Throwable failure) {
    LOG.warnf("auth-service does not say what a handle opens: %s", failure.getClass().getName());
    return new Unavailable();
  }

  private static Duration lifetime(HandleAnswer answer) {
    return switch (answer) {
      case Granted _ -> GOOD_FOR;
      case Worthless _ -> WORTHLESS_FOR;
      case Unavailable() -> Duration.ZERO;
    };
  }

  /// What was true when it was asked may be over.
  private HandleAnswer now(HandleAnswer told) {
    return told instanceof Granted(var grant)
            && (revoked.contains(grant.id()) || !clock.instant().isBefore(grant.expiresAt()))
        ? new Worthless(grant.id())
        : told;
  }
}
