package io.tokenwarden.auth.handoff;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.app.MetaApp;
import io.tokenwarden.auth.connection.ConnectedToken;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.connection.Connections;
import io.tokenwarden.auth.handoff.Outcome.Connected;
import io.tokenwarden.auth.handoff.Outcome.NotIssued;
import io.tokenwarden.auth.handoff.Outcome.OtherPerson;
import io.tokenwarden.auth.meta.GraphAnswer;
import io.tokenwarden.auth.meta.GraphRefusedException;
import io.tokenwarden.auth.meta.Identity;
import io.tokenwarden.auth.meta.MetaGraph;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.graph.AccessToken;
import io.tokenwarden.graph.Inspection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jboss.logging.Logger;

/// From Meta's code to a stored token: exchanged, made long-lived, inspected, kept. Nothing is
/// written before all of it is known to be right.
@ApplicationScoped
class Dance {
  private static final Logger LOG = Logger.getLogger(Dance.class);

  private final MetaGraph meta;
  private final Connections connections;
  private final PublicAddress address;

  @Inject
  Dance(MetaGraph meta, Connections connections, PublicAddress address) {
    this.meta = meta;
    this.connections = connections;
    this.address = address;
  }

  Uni<Outcome> complete(Handoff handoff, MetaApp app, String code, OneTimeSecret browser) {
    return exchange(app, code, browser)
        .chain(token -> inspect(app, token))
        .chain(token -> Panache.withTransaction(() -> keep(handoff, token)))
        .onFailure(GraphRefusedException.class)
        .recoverWithItem(refused -> notIssued(handoff, (GraphRefusedException) refused))
        .onFailure(UntrustworthyTokenException.class)
        .recoverWithItem(untrustworthy -> notIssued(handoff, untrustworthy));
  }

  /// A short-lived token is never kept.
  private Uni<AccessToken> exchange(MetaApp app, String code, OneTimeSecret browser) {
    return meta.exchangeCode(app, code, address.callback(), browser.codeVerifier())
        .map(GraphAnswer::orGiveUp)
        .chain(shortLived -> meta.exchangeForLongLived(app, shortLived))
        .map(GraphAnswer::orGiveUp);
  }

  private Uni<ConnectedToken> inspect(MetaApp app, AccessToken token) {
    return meta.inspect(app, token)
        .map(GraphAnswer::orGiveUp)
        .chain(inspection ->
            meta.me(app, token)
                .map(GraphAnswer::orGiveUp)
                .map(identity -> trusted(app, token, inspection, identity)));
  }

  /// A token of another app or another person could have been put in ours' place.
  private static ConnectedToken trusted(
      MetaApp app, AccessToken token, Inspection inspection, Identity identity) {
    if (!inspection.valid()
        || !inspection.appId().equals(app.appId())
        || !inspection.userId().equals(identity.metaUserId())) {
      throw new UntrustworthyTokenException();
    }
    return new ConnectedToken(
        token,
        inspection.appId(),
        inspection.userId(),
        identity.name().isBlank() ? "Meta user " + inspection.userId() : identity.name(),
        type(inspection),
        inspection.scopes(),
        inspection.expiresAt(),
        inspection.dataAccessExpiresAt());
  }

  private static TokenType type(Inspection inspection) {
    return switch (inspection.type()) {
      case SYSTEM_USER -> TokenType.SYSTEM_USER;
      case PAGE -> TokenType.PAGE;
      case USER, APP, UNKNOWN -> TokenType.USER;
    };
  }

  private Uni<Outcome> keep(Handoff handoff, ConnectedToken token) {
    return pinned(handoff)
        .chain(pinned ->
            pinned.map(known -> known.belongsTo(token.appId(), token.metaUserId())).orElse(true)
                ? connect(handoff, token)
                : Uni.createFrom().item(new OtherPerson(handoff.returnTo())));
  }

  /// The connection that is to be reconnected, and no other.
  private Uni<Optional<Connection>> pinned(Handoff handoff) {
    return handoff
        .connection()
        .map(id -> connections.lock(id).map(Optional::ofNullable))
        .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
  }

  private Uni<Outcome> connect(Handoff handoff, ConnectedToken token) {
    return connections
        .connect(handoff.workspace(), handoff.createdBy(), token)
        .map(kept -> new Connected(kept.connectionId(), handoff.returnTo()));
  }

  private static Outcome notIssued(Handoff handoff, Throwable failure) {
    LOG.warnf(
        "A handoff of workspace %s got no token: %s", handoff.workspace(), failure.getMessage());
    return new NotIssued(handoff.returnTo(), failure.getMessage());
  }

  private static final class UntrustworthyTokenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UntrustworthyTokenException() {
      super("Meta's inspection does not vouch for the token");
    }
  }
}
