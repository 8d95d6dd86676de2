package io.tokenwarden.twin.graph;

import io.tokenwarden.twin.limits.Quota;
import io.tokenwarden.twin.runs.ReportRun;
import io.tokenwarden.twin.runs.ReportRuns;
import io.tokenwarden.twin.world.AdObjects;
import io.tokenwarden.twin.world.IssuedToken;
import io.tokenwarden.twin.world.MetaApp;
import io.tokenwarden.twin.world.Tokens;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/// Whose quotas a call uses, whatever it is answered: the ad account's alone if it is about one,
/// else those of the app and of the person whose token it is.
@Singleton
final class Charges {

  /// Where a call names no app that is known.
  private static final String NO_APP = "unknown";

  private final Tokens tokens;
  private final Credentials credentials;
  private final AdObjects adObjects;
  private final ReportRuns runs;

  @Inject
  Charges(Tokens tokens, Credentials credentials, AdObjects adObjects, ReportRuns runs) {
    this.tokens = tokens;
    this.credentials = credentials;
    this.adObjects = adObjects;
    this.runs = runs;
  }

  List<Quota> of(GraphRequest request) {
    var token = Optional.ofNullable(request.credential()).flatMap(tokens::of);
    var app = token.map(IssuedToken::appId).orElseGet(() -> namedApp(request));
    var account = request.adAccount().or(() -> accountOfNode(request));
    if (account.isPresent()) {
      return List.of(new Quota.OfAccount(app, account.get(), useCase(request)));
    }
    return token
        .map(IssuedToken::personId)
        .map(person -> List.<Quota>of(new Quota.OfApp(app), new Quota.OfUser(person)))
        .orElseGet(() -> List.of(new Quota.OfApp(app)));
  }

  private Optional<String> accountOfNode(GraphRequest request) {
    return request.segments().stream()
        .findFirst()
        .flatMap(id -> adObjects.accountOf(id).or(() -> runs.of(id).map(ReportRun::accountId)));
  }

  private String namedApp(GraphRequest request) {
    return Optional.ofNullable(request.credential())
        .flatMap(credentials::literal)
        .map(MetaApp::id)
        .or(() -> request.parameter("client_id"))
        .orElse(NO_APP);
  }

  private Quota.UseCase useCase(GraphRequest request) {
    return request.edge().equals(InsightsNodes.EDGE) || isReport(request)
        ? Quota.UseCase.ADS_INSIGHTS
        : Quota.UseCase.ADS_MANAGEMENT;
  }

  private boolean isReport(GraphRequest request) {
    return request.segments().stream().findFirst().flatMap(runs::of).isPresent();
  }
}
