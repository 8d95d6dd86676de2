package io.tokenwarden.auth.refresh;

import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.app.MetaApp;
import io.tokenwarden.auth.meta.GraphAnswer;
import io.tokenwarden.auth.meta.GraphAnswer.Answered;
import io.tokenwarden.auth.meta.GraphAnswer.Failed;
import io.tokenwarden.auth.meta.MetaGraph;
import io.tokenwarden.auth.refresh.Made.Got;
import io.tokenwarden.auth.refresh.Made.NotMade;
import io.tokenwarden.auth.refresh.Made.PersonWanted;
import io.tokenwarden.auth.refresh.Proof.Bad;
import io.tokenwarden.auth.refresh.Proof.Expected;
import io.tokenwarden.auth.refresh.Proof.Good;
import io.tokenwarden.auth.refresh.Proof.NotLater;
import io.tokenwarden.auth.refresh.Proof.Open;
import io.tokenwarden.contracts.RefreshFailure;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.graph.AccessToken;
import io.tokenwarden.graph.GraphError;
import io.tokenwarden.graph.Inspection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/// Replaces one token: make, stage, prove, settle. It always ends in an answer; a failure of ours
/// on the way leaves the row to whoever comes next.
@ApplicationScoped
class TokenRenewal {
  private final MetaGraph meta;
  private final RenewalSettlement settlement;

  @Inject
  TokenRenewal(MetaGraph meta, RenewalSettlement settlement) {
    this.meta = meta;
    this.settlement = settlement;
  }

  Uni<Answer> perform(Work work, String by) {
    return work.app()
        .map(app -> make(app, work).chain(made -> go(app, work, made, by)))
        .orElseGet(() -> settlement.failed(work, Outcome.APP, RefreshFailure.APP, null, true, by));
  }

  // ---- a new token

  private Uni<Made> make(MetaApp app, Work work) {
    return work.staged()
        .<Uni<Made>>map(token -> Uni.createFrom().item(new Got(token)))
        .orElseGet(() ->
            switch (work.kind()) {
              case REFRESH -> exchange(app, work).map(TokenRenewal::exchanged);
              case ROTATION ->
                  meta.issueToSystemUser(app, work.token(), work.metaUserId(), work.scopes())
                      .map(TokenRenewal::minted);
            });
  }

  private Uni<GraphAnswer<AccessToken>> exchange(MetaApp app, Work work) {
    return work.tokenType() == TokenType.SYSTEM_USER
        ? meta.exchangeForSixtyDays(app, work.token())
        : meta.exchangeForLongLived(app, work.token());
  }

  private static Made exchanged(GraphAnswer<AccessToken> answer) {
    return switch (answer) {
      case Answered<AccessToken>(var token) -> new Got(token);
      case Failed<AccessToken>(var error) -> new NotMade(Made.reason(error), error);
    };
  }

  private static Made minted(GraphAnswer<AccessToken> answer) {
    return switch (answer) {
      case Answered<AccessToken>(var token) -> new Got(token);
      case Failed<AccessToken>(var error) -> Made.refusedToMint(error);
    };
  }

  private Uni<Answer> go(MetaApp app, Work work, Made made, String by) {
    return switch (made) {
      case Got(var token) ->
          settlement
              .stage(work, token)
              .chain(staged ->
                  staged ? proveAndSettle(app, work, token, by) : giveBack(app, work, token, by));
      case NotMade(var why, var error) -> notMade(work, why, error, by);
      case PersonWanted(var error) ->
          settlement.failed(work, Outcome.NEEDS_PERSON, RefreshFailure.REFUSED, error, false, by);
    };
  }

  private Uni<Answer> notMade(Work work, RefreshFailure why, GraphError error, String by) {
    return settlement.failed(work, outcome(why), why, error, false, by);
  }

  /// Nobody will ever use it. One that never ends must not lie about at Meta.
  private Uni<Answer> giveBack(MetaApp app, Work work, AccessToken token, String by) {
    Uni<?> revoked =
        switch (work.kind()) {
          case ROTATION -> meta.revoke(app, token);
          case REFRESH -> Uni.createFrom().voidItem();
        };
    return revoked.chain(() -> notMade(work, RefreshFailure.UNAVAILABLE, null, by));
  }

  // ---- its proof

  private Uni<Answer> proveAndSettle(MetaApp app, Work work, AccessToken token, String by) {
    return prove(app, work, token).chain(proof -> settle(work, token, proof, by));
  }

  private Uni<Proof> prove(MetaApp app, Work work, AccessToken token) {
    var expected = new Expected(work.kind(), app.appId(), work.metaUserId(), work.expiresAt());
    return meta.inspect(app, token)
        .map(answer -> Proof.ofInspection(answer, expected))
        .chain(proof ->
            proof instanceof Good(var inspection, _)
                ? smoke(app, work, token, inspection)
                : Uni.createFrom().item(proof));
  }

  private Uni<Proof> smoke(MetaApp app, Work work, AccessToken token, Inspection inspection) {
    return work.adAccount()
        .map(account -> meta.recentSpend(app, token, account).map(spend -> of(spend, inspection)))
        .orElseGet(() -> meta.me(app, token).map(me -> of(me, inspection)));
  }

  private static Proof of(GraphAnswer<?> smoke, Inspection inspection) {
    return Proof.ofSmoke(smoke, inspection);
  }

  private Uni<Answer> settle(Work work, AccessToken token, Proof proof, String by) {
    return switch (proof) {
      case Good(var inspection, var smoke) ->
          settlement.promote(work, token, inspection, smoke, by);
      case NotLater _ ->
          settlement.failed(
              work, Outcome.NOT_EXTENDED, RefreshFailure.NOT_EXTENDED, null, false, by);
      case Bad(_, var error) ->
          settlement.failed(work, Outcome.REJECTED, RefreshFailure.REJECTED, error, false, by);
      case Open(var error) -> {
        var why =
            Made.reason(error) == RefreshFailure.APP
                ? RefreshFailure.APP
                : RefreshFailure.UNAVAILABLE;
        yield settlement.failed(work, outcome(why), why, error, true, by);
      }
    };
  }

  private static Outcome outcome(RefreshFailure why) {
    return switch (why) {
      case NOT_EXTENDED -> Outcome.NOT_EXTENDED;
      case REFUSED -> Outcome.REFUSED;
      case REJECTED -> Outcome.REJECTED;
      case ALREADY_EXPIRED -> Outcome.ALREADY_EXPIRED;
      case APP -> Outcome.APP;
      case UNAVAILABLE -> Outcome.UNAVAILABLE;
    };
  }
}
