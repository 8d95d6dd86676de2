package io.tokenwarden.twin.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenwarden.twin.insights.Level;
import io.tokenwarden.twin.insights.Report;
import io.tokenwarden.twin.runs.Progress;
import io.tokenwarden.twin.runs.ReportRun;
import io.tokenwarden.twin.runs.ReportRuns;
import io.tokenwarden.twin.world.AdAccount;
import io.tokenwarden.twin.world.AdObject;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/// Insights of ad accounts, campaigns, ad sets and ads: at once, or as a report that is polled.
@Singleton
final class InsightsNodes {

  static final String EDGE = "insights";

  private final ReportRuns runs;
  private final Clock clock;

  @Inject
  InsightsNodes(ReportRuns runs, Clock clock) {
    this.runs = runs;
    this.clock = clock;
  }

  /// A call to the insights of an ad account or of something in it; empty if there is no such call.
  Optional<JsonNode> edge(GraphRequest request, AdAccount account, Subject subject) {
    return switch (request.method()) {
      case "GET" -> Optional.of(rows(request, request, account, subject));
      case "POST" -> Optional.of(start(request, account));
      default -> Optional.empty();
    };
  }

  private JsonNode start(GraphRequest request, AdAccount account) {
    InsightsQuery.of(request, Level.ACCOUNT, account.today(clock.instant()));
    InsightsFields.chosen(request);
    var run = runs.start(account.id(), request.segments().getFirst(), request.parameters());
    return JsonNodeFactory.instance.objectNode().put("report_run_id", run.id());
  }

  /// A call to a report; empty if there is no such call.
  Optional<JsonNode> run(GraphRequest request, AdAccount account, ReportRun run, Subject subject) {
    return switch (request.method() + " " + request.edge()) {
      case "GET " -> Optional.of(progress(request, run));
      case "GET insights" -> Optional.of(results(request, account, run, subject));
      default -> Optional.empty();
    };
  }

  private static JsonNode progress(GraphRequest request, ReportRun run) {
    return switch (run.poll()) {
      case Progress.Unknown _ -> throw unknown(request);
      case Progress.NotStarted _ -> state(run, "Job Not Started", 0);
      case Progress.Running(var percent) -> state(run, "Job Running", percent);
      case Progress.Completed _ -> state(run, "Job Completed", 100);
      case Progress.Failed(var failure) ->
          state(run, "Job Failed", 0)
              .put("error_code", failure.code())
              .put("error_subcode", failure.subcode())
              .put("error_message", failure.message());
    };
  }

  private static ObjectNode state(ReportRun run, String status, int percent) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", run.id())
        .put("account_id", run.accountId())
        .put("async_status", status)
        .put("async_percent_completion", percent);
  }

  private JsonNode results(
      GraphRequest request, AdAccount account, ReportRun run, Subject subject) {
    if (!run.isCompleted()) {
      throw unknown(request);
    }
    return rows(request.with(run.parameters()), request, account, subject);
  }

  /// @param asked says which rows and fields
  /// @param paged says which page of them
  private JsonNode rows(
      GraphRequest asked, GraphRequest paged, AdAccount account, Subject subject) {
    var query = InsightsQuery.of(asked, subject.level(), account.today(clock.instant()));
    var fields =
        InsightsFields.chosen(asked).stream()
            .filter(field -> InsightsFields.isOf(query.level(), field))
            .toList();
    var rows = subject.of(new Report(account)).rows(query.level(), query.periods());
    return Page.of(paged, rows, row -> InsightsFields.json(row, fields));
  }

  private static GraphException unknown(GraphRequest request) {
    return new GraphException(
        GraphError.unknownObject(request.method(), request.segments().getFirst()));
  }

  /// What insights are about.
  ///
  /// @param level of its rows where a call names none
  /// @param id null for all of the ad account
  record Subject(Level level, String id) {

    static final Subject ACCOUNT = new Subject(Level.ACCOUNT, null);

    static Optional<Subject> of(AdObject object) {
      return level(object.kind()).map(level -> new Subject(level, object.id()));
    }

    private static Optional<Level> level(AdObject.Kind kind) {
      return switch (kind) {
        case CAMPAIGN -> Optional.of(Level.CAMPAIGN);
        case AD_SET -> Optional.of(Level.ADSET);
        case AD -> Optional.of(Level.AD);
        case IMAGE, VIDEO -> Optional.empty();
      };
    }

    private Report of(Report all) {
      return id == null ? all : all.within(id);
    }
  }
}
