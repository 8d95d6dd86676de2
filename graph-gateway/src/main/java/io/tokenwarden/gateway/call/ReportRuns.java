package io.tokenwarden.gateway.call;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tokenwarden.gateway.call.MetaAnswer.Answered;
import io.tokenwarden.gateway.request.GraphRequest;
import io.tokenwarden.graph.GraphError;
import io.tokenwarden.graph.Meaning;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// Reports that callers have asked for and wait for. Meta does not find a new one everywhere at
/// once, and says that there is no such object: that passes, and gives no reason to ask anything.
///
/// A report is told by its number, which this replica remembers for a while after it was begun; or,
/// where another replica began it, by what is asked of it, since nothing else has such fields.
@ApplicationScoped
class ReportRuns {

  private static final int REMEMBERED = 10_000;
  private static final Duration NEW_FOR = Duration.ofMinutes(10);

  private final Cache<String, Boolean> begun;

  @Inject
  ReportRuns(Clock clock) {
    this.begun =
        Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(NEW_FOR)
            .ticker(() -> Duration.between(Instant.EPOCH, clock.instant()).toNanos())
            .build();
  }

  /// Looks whether a report was begun.
  void learn(GraphRequest request, Answered answer) {
    if (request.asksForReport() && answer.status() == 200 && answer.rest() == null) {
      String run = run(answer);
      if (run != null) {
        begun.put(run, true);
      }
    }
  }

  private static String run(Answered answer) {
    try {
      Object run = new JsonObject(answer.held()).getValue("report_run_id");
      return run == null ? null : run.toString();
    } catch (DecodeException _) {
      return null;
    }
  }

  /// What a failure means to whoever asked this.
  Meaning meaning(GraphRequest request, GraphError error) {
    return isOfNewReport(request) ? error.meaningOfNewReport() : error.meaning();
  }

  private boolean isOfNewReport(GraphRequest request) {
    String id = request.assetId();
    return id != null
        && request.mayBeRepeated()
        && (begun.getIfPresent(id) != null || request.asksHowAReportGetsOn());
  }
}
