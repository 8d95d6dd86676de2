package io.tokenwarden.twin.world;

import static io.tokenwarden.twin.world.WorldState.plus;

import io.tokenwarden.twin.world.Store.Changed;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/// The codes and access tokens Meta hands out.
@Singleton
public final class Tokens {

  private static final Duration DATA_ACCESS = Duration.ofDays(90);
  private static final Duration SIXTY_DAYS = Duration.ofDays(60);

  private final Store store;
  private final Clock clock;
  private final Consumer<Happening> happenings;
  private final Minting minting = new Minting();

  @Inject
  Tokens(Store store, Clock clock, Event<Happening> happenings) {
    this(store, clock, happenings::fire);
  }

  /// @param happenings is told what an app may want to know, once it is on disk
  Tokens(Store store, Clock clock, Consumer<Happening> happenings) {
    this.store = store;
    this.clock = clock;
    this.happenings = happenings;
  }

  /// Every token ever issued, oldest first, the dead ones included.
  public List<IssuedToken> all() {
    return store.state().tokens();
  }

  public Optional<IssuedToken> of(Secret value) {
    return store.token(value);
  }

  public Optional<IssuedToken> labelled(String label) {
    return all().stream().filter(token -> token.label().equals(label)).findFirst();
  }

  /// Records a consent and returns the code the browser takes back to the app.
  public Secret consent(Consent consent) {
    var now = clock.instant();
    var code = minting.code();
    var issued =
        new AuthorizationCode(
            code,
            consent.appId(),
            consent.personId(),
            consent.redirectUri(),
            consent.challenge(),
            consent.granted(),
            now,
            null);
    var grant = new Grant(consent.granted(), consent.declined(), Set.of(), consent.adAccounts());
    var before = store.person(consent.personId()).flatMap(it -> it.grant(consent.appId()));
    store.change(state -> {
      var remembered = state.codes().stream().filter(old -> !old.isForgotten(now)).toList();
      return state
          .changePerson(consent.personId(), person -> person.consenting(consent.appId(), grant))
          .withCodes(plus(remembered, issued));
    });
    before.ifPresent(known -> tellOfMore(consent, known));
    return code;
  }

  /// A first consent comes to the app by itself; what is granted later may not.
  private void tellOfMore(Consent consent, Grant before) {
    consent.granted().stream()
        .filter(permission -> !before.granted().contains(permission))
        .map(it -> new Happening.PermissionChanged(consent.personId(), consent.appId(), it, true))
        .forEach(happenings);
  }

  /// Exchanges a code for a short-lived token.
  ///
  /// @param appId the app that exchanges it
  /// @param verifier null where the app gave none
  public Redemption redeem(String appId, Secret value, String redirectUri, String verifier) {
    return store.make(state -> {
      var found =
          state.codes().stream()
              .filter(code -> code.value().equals(value) && code.appId().equals(appId))
              .findFirst();
      var refusal =
          found.isEmpty()
              ? Optional.<Redemption>of(new Redemption.Unknown())
              : refusal(found.get(), redirectUri, verifier);
      return refusal.isPresent()
          ? new Changed<>(state, refusal.get())
          : redeemed(state, found.orElseThrow());
    });
  }

  private Optional<Redemption> refusal(
      AuthorizationCode code, String redirectUri, String verifier) {
    if (code.usedAt() != null) {
      return Optional.of(new Redemption.AlreadyUsed());
    }
    if (code.isExpired(clock.instant())) {
      return Optional.of(new Redemption.Expired());
    }
    if (!code.redirectUri().equals(redirectUri)) {
      return Optional.of(new Redemption.RedirectDiffers());
    }
    return isVerified(code.challenge(), verifier)
        ? Optional.empty()
        : Optional.of(new Redemption.VerifierWrong());
  }

  private static boolean isVerified(Challenge challenge, String verifier) {
    if (challenge == null) {
      return verifier == null;
    }
    return verifier != null && challenge.isAnsweredBy(verifier);
  }

  private Changed<Redemption> redeemed(WorldState state, AuthorizationCode code) {
    var now = clock.instant();
    var token =
        fresh(state, TokenKind.SHORT_LIVED, code.appId(), code.personId(), code.scopes())
            .withDataAccessUntil(now.plus(DATA_ACCESS));
    var used = state.changeCode(code, it -> it.used(now));
    return new Changed<>(with(used, token), new Redemption.Redeemed(token));
  }

  /// A new long-lived token for the person and scopes of a living one, which stays as it is. Its
  /// life begins anew, also where the given token is long-lived already, unless exchanges move
  /// nothing for the app or the person; the end of data access does not move.
  public IssuedToken extend(IssuedToken token) {
    return exchange(
        token,
        state -> {
          var extended =
              fresh(state, TokenKind.LONG_LIVED, token.appId(), token.personId(), token.scopes())
                  .withDataAccessUntil(token.dataAccessExpiresAt());
          return exchangeOf(token).movesNothing() ? extended.endingAt(token.expiresAt()) : extended;
        });
  }

  /// How exchanges of this token turn out.
  public ExchangeHabit exchangeOf(IssuedToken token) {
    var ofApp = store.app(token.appId()).map(MetaApp::exchange).orElse(ExchangeHabit.USUAL);
    return store.person(token.personId()).map(Person::exchange).orElse(ofApp).and(ofApp);
  }

  /// A new token of a system user, with sixty days ahead of it; the given one stays as it is.
  public IssuedToken renew(IssuedToken token) {
    return exchange(
        token,
        state ->
            sixtyDays(
                fresh(
                    state,
                    TokenKind.SYSTEM_USER,
                    token.appId(),
                    token.personId(),
                    token.scopes())));
  }

  /// A token for a system user that has the app installed. What it may do is granted to it for
  /// good.
  public IssuedToken issueToSystemUser(
      Person user, String appId, Set<String> scopes, boolean expiring) {
    grant(user, appId, scopes);
    return issue(state -> {
      var token = fresh(state, TokenKind.SYSTEM_USER, appId, user.id(), scopes);
      return expiring ? sixtyDays(token) : token;
    });
  }

  private IssuedToken sixtyDays(IssuedToken token) {
    return token.endingAt(token.issuedAt().plus(SIXTY_DAYS));
  }

  /// A token as a developer's tool hands it to a person who grants these permissions to the app.
  ///
  /// @param kind short-lived or long-lived
  public IssuedToken issueTo(Person person, TokenKind kind, String appId, Set<String> scopes) {
    grant(person, appId, scopes);
    return issue(state ->
        fresh(state, kind, appId, person.id(), scopes)
            .withDataAccessUntil(clock.instant().plus(DATA_ACCESS)));
  }

  private void grant(Person person, String appId, Set<String> scopes) {
    var grant = Grant.of(scopes);
    store.change(state -> state.changePerson(person.id(), it -> it.consenting(appId, grant)));
  }

  /// The page's token that a person's token leads to: the same one each time. It lasts as long as
  /// the person's, and for good if that is not short-lived.
  public IssuedToken ofPage(IssuedToken token, String pageId) {
    var end = token.kind() == TokenKind.SHORT_LIVED ? token.expiresAt() : null;
    return store.make(state -> {
      var known =
          state.tokens().stream().filter(it -> isPageTokenLike(it, token, pageId, end)).findFirst();
      if (known.isPresent()) {
        return new Changed<>(state, known.get());
      }
      var issued =
          fresh(state, TokenKind.PAGE, token.appId(), token.personId(), token.scopes())
              .speakingFor(pageId)
              .endingAt(end)
              .withDataAccessUntil(token.dataAccessExpiresAt());
      return new Changed<>(with(state, issued), issued);
    });
  }

  private boolean isPageTokenLike(IssuedToken it, IssuedToken token, String pageId, Instant end) {
    return pageId.equals(it.pageId())
        && token.personId().equals(it.personId())
        && token.appId().equals(it.appId())
        && token.scopes().equals(it.scopes())
        && it.deathAt(clock.instant()).isEmpty()
        && (end == null ? it.expiresAt() == null : end.equals(it.expiresAt()));
  }

  /// An app token that is not the literal one.
  public IssuedToken issueAppToken(String appId) {
    return store.make(state -> {
      var token =
          IssuedToken.fresh(
              label(state),
              minting.appToken(appId),
              TokenKind.APP,
              appId,
              null,
              Set.of(),
              clock.instant());
      return new Changed<>(with(state, token), token);
    });
  }

  /// The app gives a token up.
  public void revoke(IssuedToken token) {
    var now = clock.instant();
    store.change(
        state -> state.kill(it -> it.label().equals(token.label()), DeathCause.REVOKED, now));
  }

  /// Moves the end of a token, or of its data access, to an instant. Null leaves one as it is.
  public void move(String label, Instant expiresAt, Instant dataAccessExpiresAt) {
    store.change(state ->
        state.changeTokens(
            token -> token.label().equals(label),
            token -> {
              var moved = expiresAt == null ? token : token.endingAt(expiresAt);
              return dataAccessExpiresAt == null
                  ? moved
                  : moved.withDataAccessUntil(dataAccessExpiresAt);
            }));
  }

  /// Issues a token for a given one, which remembers it.
  private IssuedToken exchange(IssuedToken given, Function<WorldState, IssuedToken> fresh) {
    return store.make(state -> {
      var token = fresh.apply(state);
      var exchanged =
          state.changeTokens(
              it -> it.label().equals(given.label()), IssuedToken::exchangedOnceMore);
      return new Changed<>(with(exchanged, token), token);
    });
  }

  private IssuedToken issue(Function<WorldState, IssuedToken> fresh) {
    return store.make(state -> {
      var token = fresh.apply(state);
      return new Changed<>(with(state, token), token);
    });
  }

  private IssuedToken fresh(
      WorldState state, TokenKind kind, String appId, String personId, Set<String> scopes) {
    return IssuedToken.fresh(
        label(state), minting.userToken(), kind, appId, personId, scopes, clock.instant());
  }

  private static String label(WorldState state) {
    return "token-" + state.made().anotherToken().tokens();
  }

  private static WorldState with(WorldState state, IssuedToken token) {
    return state.with(state.made().anotherToken()).withTokens(plus(state.tokens(), token));
  }
}
