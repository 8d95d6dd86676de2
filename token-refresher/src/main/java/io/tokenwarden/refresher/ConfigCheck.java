package io.tokenwarden.refresher;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Refuses to start with times nothing good could come of.
@ApplicationScoped
class ConfigCheck {
  /// Meta gives tokens of 60 days: one that is due right after it was given would be refreshed for
  /// ever.
  private static final Duration LONGEST_WINDOW = Duration.ofDays(59);

  /// To exchange a token, to inspect the new one, and to try it.
  private static final int CALLS_OF_A_REFRESH = 3;

  private static final Duration AROUND_THE_CALLS = Duration.ofSeconds(10);

  /// @param callTimeout how long auth-service waits for one answer of Meta: set for both alike
  /// @param patience milliseconds we wait for auth-service's answer
  void atStart(
      @Observes StartupEvent event,
      RefresherConfig refresher,
      @ConfigProperty(name = "meta.call-timeout", defaultValue = "10s") Duration callTimeout,
      @ConfigProperty(name = "quarkus.rest-client.auth-service.read-timeout") long patience) {
    mustBePositive("REFRESHER_SCAN_EVERY", refresher.scanEvery());
    mustBePositive("REFRESHER_ACCESS_CHECK_EVERY", refresher.accessCheckEvery());
    mustFit(refresher.window(), refresher.scanEvery());
    mustOutlast(Duration.ofMillis(patience), callTimeout);
  }

  static void mustBePositive(String variable, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalStateException(variable + " must be more than nothing");
    }
  }

  /// Whoever is due last within a scan must still be refreshed before its token ends.
  static void mustFit(Duration window, Duration scanEvery) {
    if (window.compareTo(scanEvery) <= 0 || window.compareTo(LONGEST_WINDOW) > 0) {
      throw new IllegalStateException(
          "REFRESHER_WINDOW must be longer than REFRESHER_SCAN_EVERY, and 59d at most");
    }
  }

  /// Who gave up sooner would ask again for what auth-service is still at.
  ///
  /// @param patience how long we wait for auth-service's answer; leases are longer than that, see
  ///   [io.tokenwarden.refresher.due.DueWork]
  static void mustOutlast(Duration patience, Duration callTimeout) {
    mustBePositive("META_CALL_TIMEOUT", callTimeout);
    var refresh = callTimeout.multipliedBy(CALLS_OF_A_REFRESH).plus(AROUND_THE_CALLS);
    if (refresh.compareTo(patience) > 0) {
      throw new IllegalStateException(
          "With META_CALL_TIMEOUT=%s a refresh may take %s, and its answer is awaited for %s only"
              .formatted(callTimeout, refresh, patience));
    }
  }
}
