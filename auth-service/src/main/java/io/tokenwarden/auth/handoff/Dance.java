package io.tokenwarden.auth.handoff;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.app.MetaApp;
import io.tokenwarden.auth.handoff.Outcome.Connected;
import io.tokenwarden.auth.handoff.Outcome.NotIssued;
import io.tokenwarden.auth.handoff.Outcome.OtherPerson;
import io.tokenwarden.auth.meta.MetaGraph;
import io.tokenwarden.auth.registry.Connections;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jboss.logging.Logger;

/// From Meta's code to a stored token: exchanged, vetted, made to last, kept. Nothing is written
/// before all of it is known to be right.
@ApplicationScoped
class Dance {
  private static final Logger LOG = Logger.getLogger(Dance.class);

  private final MetaGraph meta;
  private final TokenIntake intake;
  private final Connections connections;
  private final Rejections rejections;
  private final PublicAddress address;

  @Inject
  Dance(
      MetaGraph meta,
      TokenIntake intake,
      Connections connections,
      Rejections rejections,
      PublicAddress address) {
    this.meta = meta;
    this.intake = intake;
    this.connections = connections;
    this.rejections = rejections;
    this.address = address;
  }

  Uni<Outcome> complete(Handoff handoff, MetaApp app, Code code, OneTimeSecret browser) {
    return meta.exchangeCode(app, code.value(), address.callback(), browser.codeVerifier())
        .map(TokenIntake::orRefuse)
        .chain(token -> intake.vet(app, token))
        .chain(token -> settle(handoff, app, token))
        .onFailure(RefusedTokenException.class)
        .recoverWithUni(refused -> notIssued(handoff, (RefusedTokenException) refused));
  }

  /// Another person's token is let go of before it is made to last.
  private Uni<Outcome> settle(Handoff handoff, MetaApp app, VettedToken token) {
    return handoff.awaits(token.metaUserId())
        ? intake.lasting(app, token).chain(lasting -> keep(handoff, lasting))
        : rejections
            .of(handoff, Rejection.OTHER_PERSON)
            .replaceWith(new OtherPerson(handoff.returnTo(), handoff.offersAnew()));
  }

  private Uni<Outcome> keep(Handoff handoff, VettedToken token) {
    return Panache.withTransaction(() ->
            connections.connect(
                handoff.workspace(),
                handoff.createdBy(),
                token.labelled("", handoff.profileSaid())))
        .map(kept ->
            new Connected(
                kept.connectionId(),
                handoff.profile().missing(token.scopes()).scopes(),
                handoff.returnTo()));
  }

  private Uni<Outcome> notIssued(Handoff handoff, RefusedTokenException refused) {
    LOG.warnf(
        "A handoff of workspace %s got no token: %s", handoff.workspace(), refused.getMessage());
    return rejections
        .ofToken(
            handoff.createdBy(),
            handoff.workspace(),
            handoff.connection().orElse(null),
            refused.refusal())
        .replaceWith(new NotIssued(handoff.returnTo()));
  }
}
