package io.tokenwarden.auth.verdict;

import io.tokenwarden.auth.asset.Sight;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.connection.Origin;
import io.tokenwarden.auth.meta.AssetFacts;
import io.tokenwarden.auth.verdict.Consequence.Blocked;
import io.tokenwarden.auth.verdict.Consequence.Changed;
import io.tokenwarden.auth.verdict.Consequence.Disabled;
import io.tokenwarden.auth.verdict.Consequence.Expired;
import io.tokenwarden.auth.verdict.Consequence.Lost;
import io.tokenwarden.auth.verdict.Consequence.Regranted;
import io.tokenwarden.auth.verdict.Consequence.Seen;
import io.tokenwarden.auth.verdict.Consequence.Silence;
import io.tokenwarden.auth.verdict.Consequence.Suspected;
import io.tokenwarden.auth.verdict.Inquiry.OfApp;
import io.tokenwarden.auth.verdict.Inquiry.OfAsset;
import io.tokenwarden.auth.verdict.Inquiry.OfBlock;
import io.tokenwarden.auth.verdict.Inquiry.OfPermissions;
import io.tokenwarden.auth.verdict.Inquiry.OfToken;
import io.tokenwarden.auth.verdict.Verdict.Alive;
import io.tokenwarden.auth.verdict.Verdict.AppRefused;
import io.tokenwarden.auth.verdict.Verdict.AppServed;
import io.tokenwarden.auth.verdict.Verdict.AssetGone;
import io.tokenwarden.auth.verdict.Verdict.AssetShown;
import io.tokenwarden.auth.verdict.Verdict.Checkpoint;
import io.tokenwarden.auth.verdict.Verdict.Dead;
import io.tokenwarden.auth.verdict.Verdict.Disputed;
import io.tokenwarden.auth.verdict.Verdict.Granted;
import io.tokenwarden.auth.verdict.Verdict.Unfit;
import io.tokenwarden.auth.verdict.Verdict.Unproven;
import io.tokenwarden.contracts.Reason;
import io.tokenwarden.graph.GraphError;
import io.tokenwarden.graph.Inspection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a verdict comes to for one connection and the question about it: changes both, and says
/// what follows from that. Made under the lock of the connection, and only while the answer is
/// current ([Fence]).
///
/// | verdict | the connection | the question |
/// |---|---|---|
/// | alive | is verified; or blocked, if that was the question | answered |
/// | dead, unfit, disputed too often | is expired or disabled | answered |
/// | a checkpoint | is held up | kept open |
/// | permissions | has them | answered |
/// | an asset is shown | may have regained it | answered; kept open if it cannot be used |
/// | an asset is gone | has lost it | kept open |
/// | disputed, unproven | stays as it is | postponed |
public final class Ruling {
  private static final Silence SILENCE = new Silence();

  private final Connection connection;
  private final Question question;
  private final VerdictConfig config;
  private final Instant now;

  public Ruling(Connection connection, Question question, VerdictConfig config, Instant now) {
    this.connection = connection;
    this.question = question;
    this.config = config;
    this.now = now;
  }

  public Consequence on(Verdict verdict) {
    question.found(verdict, now);
    return switch (verdict) {
      case Alive(var inspection) -> alive(inspection);
      case Unfit(var reason) -> disabled("UNFIT", reason);
      case Dead(var reason, var error) -> dead(reason, error);
      case Checkpoint _ -> checkpoint();
      case Disputed _ -> disputed();
      case Granted(var scopes) -> granted(scopes);
      case AssetShown(var facts) -> shown(facts);
      case AssetGone _ -> gone();
      case Unproven(var error) -> unproven(Optional.ofNullable(error));
      case AppServed _, AppRefused _ ->
          throw new IllegalArgumentException("No answer about a connection");
    };
  }

  private Consequence alive(Inspection inspection) {
    connection.endsAt(inspection.expiresAt(), inspection.dataAccessExpiresAt(), now);
    if (question.inquiry() instanceof OfBlock) {
      return blocked();
    }
    connection.verified(now);
    return changed("ALIVE");
  }

  private Consequence blocked() {
    var until = now.plus(config.blockLasts());
    connection.blocked(until, now);
    return new Blocked(until, answered("BLOCKED"));
  }

  private Consequence dead(Reason reason, GraphError error) {
    connection.expired(reason, now);
    return new Expired(reason, Grounds.info(error), answered("DEAD " + reason));
  }

  private Consequence disabled(String answer, Reason reason) {
    connection.disabled(reason, now);
    return new Disabled(reason, answered(answer));
  }

  private Consequence checkpoint() {
    waitForThePerson();
    return connection.checkpoint(now) ? new Changed(origin("CHECKPOINT")) : SILENCE;
  }

  private Consequence disputed() {
    return question.disagreed(now) < Question.DISAGREEMENTS_LIMIT
        ? SILENCE
        : disabled("DISPUTED", Reason.UNVERIFIABLE);
  }

  private Consequence granted(List<String> scopes) {
    var change = connection.granted(scopes, now);
    if (change.isEmpty()) {
      connection.confirmed(now);
      return changed("GRANTED AS BEFORE");
    }
    return new Regranted(change.get(), answered("GRANTED"));
  }

  private Consequence shown(AssetFacts facts) {
    var asset = asset();
    return new Seen(Sight.of(asset.type(), asset.assetId(), facts), origin("SHOWN"));
  }

  /// After an asset that Meta showed was compared with what was known of it.
  ///
  /// @param changed whether the connection has a new revision by that, which was announced
  public Consequence seen(Sight sight, boolean changed) {
    if (!sight.isUsable()) {
      waitForThePerson();
      return SILENCE;
    }
    if (changed) {
      answered("SHOWN");
      return SILENCE;
    }
    connection.confirmed(now);
    return changed("SHOWN AS BEFORE");
  }

  private Consequence gone() {
    waitForThePerson();
    return new Lost(asset(), Reason.NOT_ASSIGNED, origin("GONE"));
  }

  private OfAsset asset() {
    return (OfAsset) question.inquiry();
  }

  /// Asked again until what only a person can mend is mended.
  private void waitForThePerson() {
    question.keptOpen(config.askAgainEvery(), now);
  }

  /// What Meta said may be about something else, which is then asked about.
  private Consequence unproven(Optional<GraphError> error) {
    question.postponed(now);
    return error.flatMap(this::suspected).orElse(SILENCE);
  }

  private Optional<Consequence> suspected(GraphError error) {
    return elsewhere(error)
        .map(inquiry ->
            new Suspected(
                inquiry,
                Grounds.of("a question about " + question.inquiry().subject(), now, error)));
  }

  private Optional<Inquiry> elsewhere(GraphError error) {
    return switch (error.meaning().suspicion()) {
      case APP -> Optional.of(new OfApp(connection.appId()));
      case TOKEN -> isAboutTheToken() ? Optional.empty() : Optional.of(new OfToken());
      case NONE, PERMISSIONS, ASSET, BLOCK -> Optional.empty();
    };
  }

  private boolean isAboutTheToken() {
    return switch (question.inquiry()) {
      case OfToken _, OfBlock _ -> true;
      case OfPermissions _, OfAsset _, OfApp _ -> false;
    };
  }

  private Consequence changed(String answer) {
    return new Changed(answered(answer));
  }

  private Origin answered(String with) {
    question.answered(with, connection.revision(), now);
    return origin(with);
  }

  private Origin origin(String what) {
    return Origin.answer(what, question.id());
  }
}
