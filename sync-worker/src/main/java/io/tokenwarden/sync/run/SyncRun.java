package io.tokenwarden.sync.run;

import io.smallrye.mutiny.Uni;
import io.tokenwarden.graph.ErrorCategory;
import io.tokenwarden.graphclient.GatewayAnswer;
import io.tokenwarden.graphclient.GatewayAnswer.Page;
import io.tokenwarden.sync.SyncConfig;
import io.tokenwarden.sync.gateway.GraphGateway;
import io.tokenwarden.sync.insights.Ledger;
import io.tokenwarden.sync.run.RunOutcome.Completed;
import io.tokenwarden.sync.run.RunOutcome.LeaseLost;
import io.tokenwarden.sync.run.RunOutcome.Stopped;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads what a schedule is due, piece by piece, and stores each piece as soon as it is read to its
/// end. It stops at the first answer that is none: what is still missing, the ledger tells the next
/// run.
@ApplicationScoped
class SyncRun {
  private final Runs runs;
  private final GraphGateway gateway;
  private final SyncConfig config;
  private final Clock clock;

  @Inject
  SyncRun(Runs runs, GraphGateway gateway, SyncConfig config, Clock clock) {
    this.runs = runs;
    this.gateway = gateway;
    this.config = config;
    this.clock = clock;
  }

  Uni<RunOutcome> run(Claim claim) {
    var today = LocalDate.ofInstant(claim.startedAt(), claim.zone());
    var done = new Completed(claim.full() ? Optional.of(today) : Optional.empty());
    return runs.ledger(claim)
        .map(ledger -> plan(claim, today, ledger).pieces(config.levels()).iterator())
        .chain(pieces -> pieces(claim, pieces, done));
  }

  private RunPlan plan(Claim claim, LocalDate today, Ledger ledger) {
    var oldest = config.oldestDay(today);
    var from = claim.wantedFrom().isBefore(oldest) ? oldest : claim.wantedFrom();
    var restateFrom = today.minusDays(1 + config.restateWindow().toDays());
    return new RunPlan(today, from, restateFrom, claim.full(), ledger);
  }

  private Uni<RunOutcome> pieces(Claim claim, Iterator<Piece> pieces, Completed done) {
    return pieces.hasNext()
        ? piece(claim, pieces.next())
            .chain(stopped ->
                stopped.isPresent()
                    ? Uni.createFrom().item(stopped.get())
                    : pieces(claim, pieces, done))
        : Uni.createFrom().item(done);
  }

  /// @return why the run ends here; empty if it goes on
  private Uni<Optional<RunOutcome>> piece(Claim claim, Piece piece) {
    var firstPage = GraphGateway.firstPage(piece.level(), piece.days());
    return page(claim, piece, new PieceReading(piece, clock.instant()), firstPage);
  }

  private Uni<Optional<RunOutcome>> page(
      Claim claim, Piece piece, PieceReading reading, Map<String, String> query) {
    return runs.renew(claim)
        .chain(held ->
            held
                ? gateway
                    .insights(claim.via(), claim.adAccount(), piece.priority(), query)
                    .chain(answer -> follow(claim, piece, reading, answer))
                : ends(new LeaseLost()));
  }

  private Uni<Optional<RunOutcome>> follow(
      Claim claim, Piece piece, PieceReading reading, GatewayAnswer answer) {
    return switch (answer) {
      case GatewayAnswer.Failed(var category, var retryAfter, var generation) ->
          ends(new Stopped(category, retryAfter, generation));
      case Page page -> follow(claim, piece, reading, page);
    };
  }

  private Uni<Optional<RunOutcome>> follow(
      Claim claim, Piece piece, PieceReading reading, Page page) {
    if (!reading.add(page)) {
      return ends(new Stopped(ErrorCategory.SERVER_ERROR, Duration.ZERO, OptionalLong.empty()));
    }
    return page.next()
        .map(next -> page(claim, piece, reading, next))
        .orElseGet(() -> store(claim, reading));
  }

  private Uni<Optional<RunOutcome>> store(Claim claim, PieceReading reading) {
    return runs.store(claim, reading.result(claim))
        .map(stored -> stored ? Optional.empty() : Optional.of(new LeaseLost()));
  }

  private static Uni<Optional<RunOutcome>> ends(RunOutcome outcome) {
    return Uni.createFrom().item(Optional.of(outcome));
  }
}
