package io.tokenwarden.twin.control;

import io.smallrye.common.annotation.Blocking;
import io.tokenwarden.twin.runs.ReportRuns;
import io.tokenwarden.twin.runs.RunHabit;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/// The control API of insights reports: how those go that are started from now on.
@Path("/twin/report-runs")
@Singleton
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class ReportRunsResource {

  private final ReportRuns runs;

  @Inject
  ReportRunsResource(ReportRuns runs) {
    this.runs = runs;
  }

  @PUT
  public void go(RunHabit habit) {
    if (habit == null) {
      throw new IllegalArgumentException("how runs go is a JSON object");
    }
    runs.go(habit);
  }

  @GET
  public RunHabit habit() {
    return runs.habit();
  }

  /// Back to the usual.
  @DELETE
  public void forget() {
    runs.go(RunHabit.USUAL);
  }
}
