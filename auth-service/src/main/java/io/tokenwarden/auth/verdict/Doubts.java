package io.tokenwarden.auth.verdict;

import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.verdict.Inquiry.OfAsset;
import io.tokenwarden.auth.verdict.Inquiry.OfPermissions;
import io.tokenwarden.auth.verdict.Inquiry.OfToken;
import io.tokenwarden.contracts.AssetType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

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

  /// Of a connection that is known to be unusable nothing can be asked.
  private Uni<Void> open(Connection connection, Inquiry inquiry, Grounds grounds) {
    return connection.isUsable() ? questions.open(connection, inquiry, grounds) : NOTHING;
  }
}
