package io.tokenwarden.auth.judge;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.app.MetaApp;
import io.tokenwarden.auth.app.MetaApps;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.judge.AskedQuestion.About;
import io.tokenwarden.auth.registry.Connections;
import io.tokenwarden.auth.vault.Vault;
import io.tokenwarden.auth.vault.VaultException;
import io.tokenwarden.auth.verdict.Inquiry.OfApp;
import io.tokenwarden.auth.verdict.Inquiry.OfAsset;
import io.tokenwarden.auth.verdict.Inquiry.OfBlock;
import io.tokenwarden.auth.verdict.Inquiry.OfPermissions;
import io.tokenwarden.auth.verdict.Inquiry.OfToken;
import io.tokenwarden.auth.verdict.Question;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.util.Optional;
import org.jboss.logging.Logger;

/// What a claimed question needs to be asked: its app, and the token that is asked with. The claim
/// is committed before anything is opened, so that what cannot be opened holds up no other.
@ApplicationScoped
class Equipment {
  private static final Logger LOG = Logger.getLogger(Equipment.class);
  private static final Uni<Optional<AskedQuestion>> NONE = Uni.createFrom().item(Optional.empty());

  private final DueQuestions questions;
  private final Connections connections;
  private final Vault vault;
  private final MetaApps apps;
  private final MeterRegistry metrics;
  private final Clock clock;

  @Inject
  Equipment(
      DueQuestions questions,
      Connections connections,
      Vault vault,
      MetaApps apps,
      MeterRegistry metrics,
      Clock clock) {
    this.questions = questions;
    this.connections = connections;
    this.vault = vault;
    this.apps = apps;
    this.metrics = metrics;
    this.clock = clock;
  }

  /// The question as it is to be asked. What cannot be asked any more is over.
  ///
  /// @return empty if it is over, or another replica's by now
  /// @throws VaultException as the failure of the answer, if the token or the app's secret cannot
  ///   be opened: [#unreadable] follows
  @WithTransaction
  Uni<Optional<AskedQuestion>> of(ClaimedQuestion claimed) {
    return held(claimed).chain(held -> held.map(this::equip).orElse(NONE));
  }

  /// Has a question asked again, with growing pauses, that could not be equipped.
  @WithTransaction
  Uni<Void> unreadable(ClaimedQuestion claimed, VaultException why) {
    LOG.warnf(
        "A question cannot be asked now, and is tried again: question=%s failure=%s",
        claimed.id(), why.getMessage());
    metrics.counter("tokenwarden.verdicts", "verdict", "Unreadable").increment();
    return held(claimed)
        .invoke(
            held -> held.ifPresent(question -> question.unreadable(why.code(), clock.instant())))
        .replaceWithVoid();
  }

  private Uni<Optional<Question>> held(ClaimedQuestion claimed) {
    return questions
        .findById(claimed.id(), LockModeType.PESSIMISTIC_WRITE)
        .map(question ->
            Optional.ofNullable(question).filter(found -> found.isOpenAt(claimed.attempt())));
  }

  private Uni<Optional<AskedQuestion>> equip(Question question) {
    return equipped(question)
        .invoke(equipped -> {
          if (equipped.isEmpty()) {
            question.outdated(clock.instant());
          }
        });
  }

  private Uni<Optional<AskedQuestion>> equipped(Question question) {
    return switch (question.inquiry()) {
      case OfApp(var appId) ->
          apps.find(appId).map(app -> app.map(known -> asked(question, known, null)));
      case OfToken _, OfBlock _, OfPermissions _, OfAsset _ ->
          connections
              .find(question.connectionId())
              .chain(connection -> equipped(question, connection));
    };
  }

  private Uni<Optional<AskedQuestion>> equipped(Question question, Connection connection) {
    return isStillAsked(question, connection)
        .chain(asked -> asked ? withApp(question, connection) : NONE);
  }

  /// A question about an asset outlives the token it was first asked with; any other does not.
  private Uni<Boolean> isStillAsked(Question question, Connection connection) {
    if (connection.generation() == question.generation()) {
      return Uni.createFrom().item(true);
    }
    return question.inquiry() instanceof OfAsset && connection.isUsable()
        ? questions
            .isOpen(connection.connectionId(), connection.generation(), question.inquiry())
            .invoke(another -> {
              if (!another) {
                question.askedWith(connection.generation());
              }
            })
            .map(another -> !another)
        : Uni.createFrom().item(false);
  }

  private Uni<Optional<AskedQuestion>> withApp(Question question, Connection connection) {
    return apps.find(connection.appId())
        .chain(app -> app.map(known -> withToken(question, connection, known)).orElse(NONE));
  }

  private Uni<Optional<AskedQuestion>> withToken(
      Question question, Connection connection, MetaApp app) {
    return vault
        .open(connection.tokenAddress())
        .map(kept ->
            kept.map(token ->
                asked(
                    question,
                    app,
                    new About(
                        connection.connectionId(),
                        connection.generation(),
                        connection.metaUserId(),
                        token))));
  }

  private static AskedQuestion asked(Question question, MetaApp app, About about) {
    return new AskedQuestion(question.id(), question.attempts(), question.inquiry(), app, about);
  }
}
