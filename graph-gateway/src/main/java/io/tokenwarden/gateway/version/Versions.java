package io.tokenwarden.gateway.version;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tokenwarden.gateway.MetaConfig;
import io.tokenwarden.gateway.credential.CredentialLease;
import io.tokenwarden.graph.version.MetaApi;
import io.tokenwarden.graph.version.VersionCalendar;
import io.vertx.core.MultiMap;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/// Pins calls to a version, and tells when Meta answers in another or is about to.
///
/// Per version in use: `tokenwarden.gateway.version.days.left`, by the API that ends, negative once
/// it has ended. Per answer: `tokenwarden.gateway.version.replaced` where Meta answers in another
/// version than it was asked in, `tokenwarden.gateway.version.ending` where it warns. Both are
/// logged once a day for each pair of versions.
@ApplicationScoped
public class Versions {

  private static final Logger LOG = Logger.getLogger(Versions.class);

  private static final String DAYS_LEFT = "tokenwarden.gateway.version.days.left";
  private static final String REPLACED = "tokenwarden.gateway.version.replaced";
  private static final String ENDING = "tokenwarden.gateway.version.ending";

  private static final Pattern VERSION = Pattern.compile("v\\d{1,3}\\.\\d{1,3}");

  /// Callers name what they like; pairs that matter are few.
  private static final int PAIRS = 100;

  private final String usual;
  private final MeterRegistry metrics;
  private final Clock clock;
  private final Set<String> inUse = ConcurrentHashMap.newKeySet();
  private final OncePerDay said = new OncePerDay(PAIRS);

  @Inject
  Versions(MetaConfig config, MeterRegistry metrics, Clock clock) {
    this.usual = config.graphVersion();
    this.metrics = metrics;
    this.clock = clock;
  }

  /// For calls with this credential that name none.
  public String pin(CredentialLease lease) {
    return lease.graphVersion() == null ? usual : lease.graphVersion();
  }

  /// Takes in what an answer tells of versions.
  ///
  /// @param asked in this version
  public void hear(String asked, MultiMap headers) {
    watch(asked);
    String used = headers.get("facebook-api-version");
    if (used != null && VERSION.matcher(used).matches() && !used.equals(asked)) {
      metrics.counter(REPLACED, "asked", label(asked), "used", label(used)).increment();
      if (said.isNew(asked + " " + used, today())) {
        LOG.warnf("Meta was asked in %s and answers in %s", asked, used);
      }
    }
    if (headers.contains("x-ad-api-version-warning")) {
      metrics.counter(ENDING, "asked", label(asked)).increment();
      if (said.isNew(asked, today())) {
        LOG.warnf("Meta warns that version %s of the Marketing API is about to end", asked);
      }
    }
  }

  private void watch(String version) {
    if (VersionCalendar.knows(version) && inUse.add(version)) {
      Map<MetaApi, LocalDate> ends = VersionCalendar.ends(version);
      ends.forEach((api, end) ->
          Gauge.builder(DAYS_LEFT, () -> ChronoUnit.DAYS.between(today(), end))
              .tag("version", version)
              .tag("api", api.code())
              .register(metrics));
    }
  }

  /// What callers make up is no label.
  private static String label(String version) {
    return VersionCalendar.knows(version) ? version : "other";
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }
}
