package io.tokenwarden.auth.handoff;

import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.app.MetaApp;
import io.tokenwarden.auth.meta.GraphAnswer;
import io.tokenwarden.auth.meta.GraphAnswer.Answered;
import io.tokenwarden.auth.meta.GraphAnswer.Failed;
import io.tokenwarden.auth.meta.Identity;
import io.tokenwarden.auth.meta.MetaGraph;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.graph.AccessToken;
import io.tokenwarden.graph.GraphError;
import io.tokenwarden.graph.Inspection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;

/// What every token passes before it is stored, however it came: Meta must vouch for it, and one
/// that ends within hours is changed for one that lasts. Refuses with [RefusedTokenException].
@ApplicationScoped
class TokenIntake {
  /// `debug_token` of a token that was issued to another app than the one that asks.
  private static final int INVALID_PARAMETER = 100;

  private final MetaGraph meta;
  private final Clock clock;

  @Inject
  TokenIntake(MetaGraph meta, Clock clock) {
    this.meta = meta;
    this.clock = clock;
  }

  /// Asks Meta whose token it is. A token of another app or another person could have been put in
  /// ours' place.
  Uni<VettedToken> vet(MetaApp app, AccessToken token) {
    return meta.inspect(app, token)
        .map(answer -> vouchedFor(app, answer))
        .chain(inspection -> ownedBy(app, token, inspection, supported(inspection)));
  }

  private static Inspection vouchedFor(MetaApp app, GraphAnswer<Inspection> answer) {
    var inspection =
        switch (answer) {
          case Answered<Inspection>(var inspected) -> inspected;
          case Failed<Inspection>(var error) -> throw notInspected(error);
        };
    if (!inspection.appId().isEmpty() && !inspection.appId().equals(app.appId())) {
      throw new RefusedTokenException(Refusal.TOKEN_OF_ANOTHER_APP);
    }
    if (!inspection.valid() || inspection.appId().isEmpty()) {
      throw new RefusedTokenException(Refusal.TOKEN_INVALID);
    }
    return inspection;
  }

  private static RefusedTokenException notInspected(GraphError error) {
    return error.code() != null && error.code() == INVALID_PARAMETER
        ? new RefusedTokenException(Refusal.TOKEN_OF_ANOTHER_APP, error)
        : refused(error);
  }

  private Uni<VettedToken> ownedBy(
      MetaApp app, AccessToken token, Inspection inspection, TokenType type) {
    return meta.me(app, token)
        .map(TokenIntake::orRefuse)
        .invoke(identity -> mustBeOwner(inspection, identity))
        .map(identity -> new VettedToken(token, inspection, identity, type));
  }

  private static void mustBeOwner(Inspection inspection, Identity identity) {
    if (!inspection.userId().equals(identity.metaUserId())) {
      throw new RefusedTokenException(Refusal.TOKEN_OF_ANOTHER_USER);
    }
  }

  private static TokenType supported(Inspection inspection) {
    return switch (inspection.type()) {
      case USER -> TokenType.USER;
      case SYSTEM_USER -> TokenType.SYSTEM_USER;
      case PAGE, APP, UNKNOWN -> throw new RefusedTokenException(Refusal.TOKEN_TYPE_UNSUPPORTED);
    };
  }

  /// The token itself, or the long-lived one Meta gives for it.
  Uni<VettedToken> lasting(MetaApp app, VettedToken vetted) {
    return vetted.isShortLived(clock.instant())
        ? meta.exchangeForLongLived(app, vetted.token())
            .map(TokenIntake::orRefuse)
            .chain(token -> vet(app, token))
            .invoke(longLived -> mustLast(vetted, longLived))
        : Uni.createFrom().item(vetted);
  }

  private void mustLast(VettedToken vetted, VettedToken exchanged) {
    if (!exchanged.metaUserId().equals(vetted.metaUserId())) {
      throw new RefusedTokenException(Refusal.TOKEN_OF_ANOTHER_USER);
    }
    if (exchanged.isShortLived(clock.instant())) {
      throw new RefusedTokenException(Refusal.TOKEN_SHORT_LIVED);
    }
  }

  static <T> T orRefuse(GraphAnswer<T> answer) {
    return switch (answer) {
      case Answered<T>(var value) -> value;
      case Failed<T>(var error) -> throw refused(error);
    };
  }

  private static RefusedTokenException refused(GraphError error) {
    var refusal =
        switch (error.meaning().category()) {
          case TRANSIENT, SERVER_ERROR, RATE_LIMITED -> Refusal.META_UNAVAILABLE;
          case TOKEN_EXPIRED, TOKEN_INVALIDATED -> Refusal.TOKEN_INVALID;
          case AUTH_ERROR, PERMISSION_MISSING, ASSET_UNAVAILABLE, BLOCKED, BAD_REQUEST ->
              Refusal.META_REFUSED;
        };
    return new RefusedTokenException(refusal, error);
  }
}
