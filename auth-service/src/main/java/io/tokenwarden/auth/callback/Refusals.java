package io.tokenwarden.auth.callback;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.app.MetaApp;
import io.tokenwarden.auth.audit.RefusalKind;
import io.tokenwarden.auth.audit.RefusalLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/// Writes down which calls in Meta's name were not believed. What they said is not part of it:
/// nobody knows who said it.
@ApplicationScoped
class Refusals {
  private static final String UNKNOWN = "unknown";

  private final RefusalLog refusals;
  private final MeterRegistry metrics;

  @Inject
  Refusals(RefusalLog refusals, MeterRegistry metrics) {
    this.refusals = refusals;
    this.metrics = metrics;
  }

  /// @param what was called, such as `deauthorize`
  /// @param why such as `FORGED`
  Uni<Void> add(MetaApp app, String what, String why) {
    metrics.counter("tokenwarden.callbacks.refused", "what", what, "why", why).increment();
    return refusals.add(
        new RefusalKind(
            UNKNOWN,
            "meta.callback.refused",
            Callbacks.owner(app),
            "%s of app %s: %s".formatted(what, app.appId(), why)));
  }
}
