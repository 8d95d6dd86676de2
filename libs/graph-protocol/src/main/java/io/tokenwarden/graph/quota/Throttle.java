package io.tokenwarden.graph.quota;

import io.tokenwarden.graph.ErrorCategory;
import io.tokenwarden.graph.FailureScope;
import io.tokenwarden.graph.GraphError;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Meta turned a call away because a quota is used up: which one, as far as the error tells. It is
/// that of the app, user or object of the call.
///
/// @param useCase null if every use case is closed
public record Throttle(QuotaKind kind, UseCase useCase) {

  /// Limits with an error of their own, as pairs of code and subcode. See [Marketing API rate
  /// limiting](https://developers.facebook.com/docs/marketing-api/overview/rate-limiting).
  private static final List<Pair> PAIRS =
      List.of(
          new Pair(4, 1504022, new Throttle(QuotaKind.APP, UseCase.ADS_INSIGHTS)),
          new Pair(4, 1504039, new Throttle(QuotaKind.APP, UseCase.ADS_INSIGHTS)),
          new Pair(17, 1885172, new Throttle(QuotaKind.SPENDING_LIMIT, null)),
          new Pair(613, 1487632, new Throttle(QuotaKind.BUDGET, null)),
          new Pair(613, 5044001, new Throttle(QuotaKind.CHANGES, null)));

  /// One device of one person asks too often whether they have logged in. It is to ask every five
  /// seconds; nobody else has to wait.
  private static final int POLLING = 1349172;

  private static final int AD_CREATION = 1487225;
  private static final int PAGES_OF_USER = 32;
  private static final int OF_APP = 4;
  private static final int OF_USER = 17;
  private static final Code SCORE_OF_ACCOUNT = new Code(17, 2446079);
  private static final int OF_NO_KNOWN_USE_CASE = 80099;

  public Throttle {
    Objects.requireNonNull(kind);
  }

  /// The quota that is used up; empty if the error speaks of none, or of one that nobody else uses.
  ///
  /// Codes decide, as everywhere. Code 17 with 2446079 and code 613 with 1487742 are the score of
  /// an ad account, which sums up calls of every kind: they close the account as a whole.
  public static Optional<Throttle> of(GraphError error) {
    var meaning = error.meaning();
    return meaning.category() == ErrorCategory.RATE_LIMITED && !error.is(17, POLLING)
        ? pair(error).or(() -> single(error)).or(() -> reaching(meaning.scope(), error))
        : Optional.empty();
  }

  private static Optional<Throttle> pair(GraphError error) {
    return PAIRS.stream()
        .filter(pair -> error.is(pair.code, pair.subcode))
        .map(Pair::throttle)
        .findFirst();
  }

  private static Optional<Throttle> single(GraphError error) {
    return Objects.equals(error.code(), AD_CREATION)
        ? Optional.of(new Throttle(QuotaKind.AD_CREATION, null))
        : Optional.empty();
  }

  private static Optional<Throttle> reaching(FailureScope scope, GraphError error) {
    return kind(scope).map(kind -> new Throttle(kind, useCase(error)));
  }

  private static Optional<QuotaKind> kind(FailureScope scope) {
    return switch (scope) {
      case APP -> Optional.of(QuotaKind.APP);
      case USER -> Optional.of(QuotaKind.USER);
      case AD_ACCOUNT, ASSET -> Optional.of(QuotaKind.ACCOUNT);
      case TOKEN, REQUEST, META -> Optional.empty();
    };
  }

  private static UseCase useCase(GraphError error) {
    return Objects.equals(error.code(), PAGES_OF_USER)
        ? UseCase.PAGES
        : UseCase.ofError(error.code()).orElse(null);
  }

  /// The pair that says so in an error of Meta's.
  ///
  /// @param subcode null for none
  public record Code(int code, Integer subcode) {}

  /// What Meta turns calls away with; [#of] understands it as this.
  public Code code() {
    return PAIRS.stream()
        .filter(pair -> pair.throttle.equals(this))
        .findFirst()
        .map(pair -> new Code(pair.code, pair.subcode))
        .orElseGet(this::ordinaryCode);
  }

  private Code ordinaryCode() {
    return switch (kind) {
      case APP -> new Code(OF_APP, null);
      case USER -> new Code(useCase == UseCase.PAGES ? PAGES_OF_USER : OF_USER, null);
      case AD_CREATION -> new Code(AD_CREATION, null);
      case ACCOUNT, CHANGES, BUDGET, SPENDING_LIMIT ->
          useCase == null
              ? SCORE_OF_ACCOUNT
              : new Code(useCase.errorCode().orElse(OF_NO_KNOWN_USE_CASE), null);
    };
  }

  private record Pair(int code, int subcode, Throttle throttle) {}
}
