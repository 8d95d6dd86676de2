package io.tokenwarden.auth.verdict;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.asset.Assets;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.connection.Connections;
import io.tokenwarden.auth.verdict.Inquiry.OfApp;
import io.tokenwarden.auth.verdict.Inquiry.OfAsset;
import io.tokenwarden.auth.verdict.Inquiry.OfBlock;
import io.tokenwarden.auth.verdict.Inquiry.OfPermissions;
import io.tokenwarden.auth.verdict.Inquiry.OfToken;
import io.tokenwarden.contracts.ConditionKind;
import io.tokenwarden.contracts.Event;
import io.tokenwarden.contracts.EventMeta;
import io.tokenwarden.contracts.EvidenceEvent.TokenSuspected;
import io.tokenwarden.outbox.EventHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/// Takes what others saw. Evidence opens a question and does nothing else; what is about another
/// generation, or older than the last answer, not even that.
@ApplicationScoped
class Evidence implements EventHandler {
  private static final Uni<Void> NOTHING = Uni.createFrom().voidItem();

  private final Connections connections;
  private final Assets assets;
  private final DueQuestions questions;
  private final MeterRegistry metrics;

  @Inject
  Evidence(Connections connections, Assets assets, DueQuestions questions, MeterRegistry metrics) {
    this.connections = connections;
    this.assets = assets;
    this.questions = questions;
    this.metrics = metrics;
  }

  @Override
  public Uni<Void> handle(EventMeta meta, Event event) {
    return event instanceof TokenSuspected suspected ? weigh(suspected) : NOTHING;
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
    return switch (suspected.suspicion()) {
      case NONE -> Uni.createFrom().item(Optional.empty());
      case TOKEN -> Uni.createFrom().item(Optional.of(new OfToken()));
      case BLOCK -> Uni.createFrom().item(Optional.of(new OfBlock()));
      case APP -> Uni.createFrom().item(Optional.of(new OfApp(connection.appId())));
      case PERMISSIONS ->
          asset(connection, suspected)
              .map(asset -> asset.or(() -> Optional.of(new OfPermissions())));
      case ASSET -> asset(connection, suspected);
    };
  }

  /// Of an asset that the connection was never seen to reach nobody needs to know why it does not.
  private Uni<Optional<Inquiry>> asset(Connection connection, TokenSuspected suspected) {
    return suspected.assetId() == null
        ? Uni.createFrom().item(Optional.empty())
        : assets
            .typeOf(connection.connectionId(), suspected.assetId())
            .map(type -> type.map(known -> new OfAsset(known, suspected.assetId())));
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

  /// What a piece of evidence is worth.
  enum Weight {
    NEW,
    /// Nothing is known of the connection.
    UNKNOWN,
    /// About a token that was replaced since.
    STALE,
    /// Meta was asked since, or the token is known to be unusable anyway.
    ANSWERED;

    static Weight of(Connection connection, TokenSuspected suspected) {
      if (connection == null || !connection.workspace().equals(suspected.workspaceId())) {
        return UNKNOWN;
      }
      if (connection.generation() != suspected.generation()) {
        return STALE;
      }
      return !connection.isUsable() || isAnswered(connection, suspected) ? ANSWERED : NEW;
    }

    /// What is about more than the token has answers of its own, see [DueQuestions#isAnswered].
    private static boolean isAnswered(Connection connection, TokenSuspected suspected) {
      return switch (suspected.suspicion()) {
        case TOKEN -> connection.hasAnswered(suspected.revision());
        case BLOCK -> connection.health().condition(ConditionKind.BLOCKED_BY_META).isPresent();
        case NONE, PERMISSIONS, ASSET, APP -> false;
      };
    }
  }
}
