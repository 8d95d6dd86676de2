package io.tokenwarden.auth.judge;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.asset.Assets;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.quota.QuotaHolds;
import io.tokenwarden.auth.registry.Connections;
import io.tokenwarden.auth.verdict.Grounds;
import io.tokenwarden.auth.verdict.Inquiry;
import io.tokenwarden.auth.verdict.Inquiry.OfApp;
import io.tokenwarden.auth.verdict.Inquiry.OfAsset;
import io.tokenwarden.auth.verdict.Inquiry.OfBlock;
import io.tokenwarden.auth.verdict.Inquiry.OfPermissions;
import io.tokenwarden.auth.verdict.Inquiry.OfToken;
import io.tokenwarden.auth.verdict.Weight;
import io.tokenwarden.contracts.AppEvent;
import io.tokenwarden.contracts.AssetEvent;
import io.tokenwarden.contracts.AssetType;
import io.tokenwarden.contracts.ConnectionEvent;
import io.tokenwarden.contracts.Event;
import io.tokenwarden.contracts.EventMeta;
import io.tokenwarden.contracts.EvidenceEvent.TokenSuspected;
import io.tokenwarden.contracts.HandleEvent;
import io.tokenwarden.contracts.InsightsEvent;
import io.tokenwarden.contracts.NotificationEvent;
import io.tokenwarden.contracts.QuotaEvent.GraphThrottled;
import io.tokenwarden.contracts.ScheduleEvent;
import io.tokenwarden.outbox.EventHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/// Takes what others saw. Evidence opens a question and does nothing else; what is about another
/// generation, or older than the last answer, not even that. Quotas that the gateway found used up
/// are noted for our own calls.
@ApplicationScoped
class Evidence implements EventHandler {
  private static final Uni<Void> NOTHING = Uni.createFrom().voidItem();

  private final Connections connections;
  private final Assets assets;
  private final DueQuestions questions;
  private final QuotaHolds holds;
  private final MeterRegistry metrics;

  @Inject
  Evidence(
      Connections connections,
      Assets assets,
      DueQuestions questions,
      QuotaHolds holds,
      MeterRegistry metrics) {
    this.connections = connections;
    this.assets = assets;
    this.questions = questions;
    this.holds = holds;
    this.metrics = metrics;
  }

  @Override
  public Uni<Void> handle(EventMeta meta, Event event) {
    return switch (event) {
      case TokenSuspected suspected -> weigh(suspected);
      case GraphThrottled throttled -> holds.keep(throttled);
      case AppEvent _,
          AssetEvent _,
          ConnectionEvent _,
          HandleEvent _,
          InsightsEvent _,
          NotificationEvent _,
          ScheduleEvent _ ->
          NOTHING;
    };
  }

  private Uni<Void> weigh(TokenSuspected suspected) {
    return connections
        .lock(suspected.connectionId())
        .chain(connection -> {
          var weight = Weight.of(connection, suspected);
          metrics.counter("tokenwarden.evidence", "weight", weight.name()).increment();
          return weight == Weight.NEW ? inquire(connection, suspected) : NOTHING;
        });
  }

  /// Under the lock of the connection, so no other evidence opens it at the same time.
  private Uni<Void> inquire(Connection connection, TokenSuspected suspected) {
    return inquiry(connection, suspected)
        .chain(inquiry -> inquiry.map(about -> open(connection, about, suspected)).orElse(NOTHING));
  }

  private Uni<Optional<Inquiry>> inquiry(Connection connection, TokenSuspected suspected) {
    return reached(connection, suspected)
        .map(type -> Inquiry.of(suspected, connection.appId(), type));
  }

  private Uni<Optional<AssetType>> reached(Connection connection, TokenSuspected suspected) {
    return suspected.assetId() == null
        ? Uni.createFrom().item(Optional.empty())
        : assets.typeOf(connection.connectionId(), suspected.assetId());
  }

  private Uni<Void> open(Connection connection, Inquiry inquiry, TokenSuspected suspected) {
    var grounds = Grounds.of(suspected);
    return switch (inquiry) {
      case OfToken _ -> questions.open(connection, inquiry, grounds);
      case OfApp(var appId) -> questions.openAboutApp(appId, grounds);
      case OfBlock _, OfPermissions _, OfAsset _ ->
          questions
              .isAnswered(
                  connection.connectionId(), connection.generation(), inquiry, suspected.revision())
              .chain(answered -> answered ? NOTHING : questions.open(connection, inquiry, grounds));
    };
  }
}
