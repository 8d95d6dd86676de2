package io.tokenwarden.auth.judge;

import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.verdict.Grounds;
import io.tokenwarden.auth.verdict.Inquiry;
import io.tokenwarden.auth.verdict.Inquiry.OfAsset;
import io.tokenwarden.auth.verdict.Inquiry.OfPermissions;
import io.tokenwarden.auth.verdict.Inquiry.OfToken;
import io.tokenwarden.auth.verdict.Question;
import io.tokenwarden.contracts.AssetType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/// Where the rest of auth-service says that something may be wrong: Meta is asked, and until it has
/// answered nothing changes. Within a transaction that holds the lock of the connection's row. What
/// is being asked already is not asked twice.
@ApplicationScoped
public class Doubts {
  private static final Uni<Void> NOTHING = Uni.createFrom().voidItem();

  private final DueQuestions questions;

  @Inject
  Doubts(DueQuestions questions) {
    this.questions = questions;
  }

  /// Whether the token lives.
  public Uni<Void> token(Connection connection, Grounds grounds) {
    return open(connection, new OfToken(), grounds);
  }

  /// Which permissions are granted.
  public Uni<Void> permissions(Connection connection, Grounds grounds) {
    return open(connection, new OfPermissions(), grounds);
  }

  /// Whether an asset can be reached.
  public Uni<Void> asset(Connection connection, AssetType type, String assetId, Grounds grounds) {
    return open(connection, new OfAsset(type, assetId), grounds);
  }

  /// As [#asset(Connection, AssetType, String, Grounds)], but asked not before then.
  public Uni<Void> asset(
      Connection connection, AssetType type, String assetId, Grounds grounds, Instant from) {
    return connection.isUsable()
        ? questions.open(connection, new OfAsset(type, assetId), grounds, from)
        : NOTHING;
  }

  /// Whether Meta serves the app at all.
  public Uni<Void> app(String appId, Grounds grounds) {
    return questions.openAboutApp(appId, grounds);
  }

  /// Everything that can be asked of a connection now: its token, its permissions, and whatever
  /// waits to be asked again.
  ///
  /// @return what is being asked; empty if nothing can be
  public Uni<List<Watch>> everything(Connection connection, Grounds grounds) {
    return token(connection, grounds)
        .chain(() -> permissions(connection, grounds))
        .chain(() -> questions.hasten(connection))
        .map(open -> open.stream().map(Watch::of).toList());
  }

  /// A question that somebody waits for.
  ///
  /// @param seen the attempts that had begun and ended before
  public record Watch(UUID question, int seen) {
    static Watch of(Question question) {
      return new Watch(question.id(), question.attempts() - (question.isBeingAsked() ? 1 : 0));
    }
  }

  /// How far the answers are.
  public enum Progress {
    WAITING,

    /// Meta was asked, and what it said proves nothing, or contradicts itself.
    UNPROVEN,

    DONE
  }

  /// Within a session.
  public Uni<Progress> progress(List<Watch> watches) {
    return questions
        .list("id in ?1", watches.stream().map(Watch::question).toList())
        .map(found ->
            found.stream()
                .map(question -> progress(question, watches))
                .min(Comparator.naturalOrder())
                .orElse(Progress.DONE));
  }

  private static Progress progress(Question question, List<Watch> watches) {
    if (question.answeredAt().isPresent()) {
      return Progress.DONE;
    }
    var asked = watches.contains(Watch.of(question));
    if (asked || question.isBeingAsked()) {
      return Progress.WAITING;
    }
    return question.hasProvedNothing() ? Progress.UNPROVEN : Progress.DONE;
  }

  /// Of a connection that is known to be unusable nothing can be asked.
  private Uni<Void> open(Connection connection, Inquiry inquiry, Grounds grounds) {
    return connection.isUsable() ? questions.open(connection, inquiry, grounds) : NOTHING;
  }
}
