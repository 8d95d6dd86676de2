package io.tokenwarden.twin.world;

import io.tokenwarden.twin.TwinConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Meta's memory, and everything that can change it.
///
/// Every change is on disk before the method that makes it returns, and before any reader sees it:
/// what the twin has once answered it never forgets. Changes are made one at a time; reads take no
/// lock.
@Singleton
public final class World {

  private static final Duration DATA_ACCESS = Duration.ofDays(90);

  private static final long FIRST_PERSON = 10_150_000_000_000_000L;
  private static final long FIRST_ACCOUNT = 1_080_000_000_000_000L;
  private static final long FIRST_CAMPAIGN = 120_210_000_000_000_000L;

  private final StateFile file;
  private final Clock clock;
  private final Minting minting = new Minting();
  private volatile View view;

  @Inject
  World(TwinConfig config, Clock clock) {
    this(config.data(), clock);
  }

  public World(Path folder, Clock clock) {
    this.file = new StateFile(folder);
    this.clock = clock;
    this.view = new View(file.read());
  }

  public List<Person> people() {
    return view.state.people();
  }

  public Optional<Person> person(String id) {
    return Optional.ofNullable(view.people.get(id));
  }

  public AppStanding app() {
    return view.state.app();
  }

  /// The ad account of this id, whoever has or had it.
  public Optional<AdAccount> adAccount(String id) {
    return people().stream().flatMap(person -> person.adAccount(id).stream()).findFirst();
  }

  /// Every token ever issued, oldest first, the dead ones included.
  public List<IssuedToken> tokens() {
    return view.state.tokens();
  }

  public Optional<IssuedToken> token(Secret value) {
    return Optional.ofNullable(view.tokens.get(value));
  }

  public synchronized Person add(NewPerson wanted) {
    var state = view.state;
    var accountsMade = state.accountsMade();
    var campaignsMade = state.campaignsMade();
    var accounts = new ArrayList<AdAccount>();
    for (var account : wanted.adAccounts()) {
      accounts.add(
          new AdAccount(
              Long.toString(FIRST_ACCOUNT + ++accountsMade),
              account.name(),
              account.timezone(),
              account.currency(),
              campaigns(campaignsMade, account.campaigns()),
              AccountStatus.ACTIVE));
      campaignsMade += account.campaigns();
    }
    var peopleMade = state.peopleMade() + 1;
    var person =
        Person.stranger(
            Long.toString(FIRST_PERSON + peopleMade),
            wanted.name().strip(),
            accounts,
            wanted.willGrant());
    become(
        state
            .withCounters(peopleMade, accountsMade, campaignsMade)
            .withPeople(Stream.concat(state.people().stream(), Stream.of(person)).toList()));
    return person;
  }

  private static List<Campaign> campaigns(long alreadyMade, int count) {
    return LongStream.rangeClosed(1, count)
        .mapToObj(n ->
            new Campaign(Long.toString(FIRST_CAMPAIGN + (alreadyMade + n) * 10), "Campaign " + n))
        .toList();
  }

  /// Records a consent and returns the code the browser takes back to the app.
  public synchronized Secret consent(Consent consent) {
    var now = clock.instant();
    var code = minting.code();
    var issued =
        new AuthorizationCode(
            code,
            consent.personId(),
            consent.redirectUri(),
            consent.challenge(),
            consent.granted(),
            now,
            null);
    var remembered = view.state.codes().stream().filter(old -> !old.isForgotten(now));
    become(
        replacePerson(
                consent.personId(),
                person -> person.consenting(new Grant(consent.granted(), consent.declined())))
            .withCodes(Stream.concat(remembered, Stream.of(issued)).toList()));
    return code;
  }

  /// Exchanges a code for a short-lived token. `verifier` is null where the app gave none.
  public synchronized Redemption redeem(Secret value, String redirectUri, String verifier) {
    var now = clock.instant();
    var found = view.state.codes().stream().filter(code -> code.value().equals(value)).findFirst();
    if (found.isEmpty()) {
      return new Redemption.Unknown();
    }
    var code = found.get();
    if (code.usedAt() != null) {
      return new Redemption.AlreadyUsed();
    }
    if (code.isExpired(now)) {
      return new Redemption.Expired();
    }
    if (!code.redirectUri().equals(redirectUri)) {
      return new Redemption.RedirectDiffers();
    }
    if (!isVerified(code.challenge(), verifier)) {
      return new Redemption.VerifierWrong();
    }
    var codes = replaced(view.state.codes(), code::equals, used -> used.used(now));
    return new Redemption.Redeemed(
        issue(
            view.state.withCodes(codes),
            TokenKind.SHORT_LIVED,
            code.personId(),
            code.scopes(),
            now.plus(DATA_ACCESS)));
  }

  private static boolean isVerified(Challenge challenge, String verifier) {
    if (challenge == null) {
      return verifier == null;
    }
    return verifier != null && challenge.isAnsweredBy(verifier);
  }

  /// A new long-lived token for the person and scopes of a living one, which stays as it is. Its
  /// life begins anew, also where the given token is long-lived already; the end of data access
  /// does not move.
  public synchronized IssuedToken extend(IssuedToken token) {
    return issue(
        view.state,
        TokenKind.LONG_LIVED,
        token.personId(),
        token.scopes(),
        token.dataAccessExpiresAt());
  }

  /// An app token that is not the literal one.
  public synchronized IssuedToken issueAppToken(String appId) {
    return issue(view.state, TokenKind.APP, minting.appToken(appId), null, Set.of(), null);
  }

  /// The person changes the password: every session ends, the app stays installed.
  public synchronized void changePassword(String personId) {
    become(kill(view.state, ownedBy(personId), DeathCause.PASSWORD_CHANGED));
  }

  /// The person removes the app from the account: no session, no grant.
  public synchronized void removeApp(String personId) {
    become(
        kill(
            replacePerson(personId, Person::withoutApp),
            ownedBy(personId),
            DeathCause.APP_REMOVED));
  }

  public synchronized void logOut(String personId) {
    become(kill(view.state, ownedBy(personId), DeathCause.LOGGED_OUT));
  }

  /// What happens to a person and leaves the tokens alone: a checkpoint, a permission taken back,
  /// an ad account lost.
  public synchronized void change(String personId, UnaryOperator<Person> change) {
    become(replacePerson(personId, change));
  }

  /// What happens to the app.
  public synchronized void change(AppStanding app) {
    become(view.state.withApp(app));
  }

  /// Lets the living tokens of a person reach the end of their life now.
  public synchronized void expireTokens(String personId) {
    var now = clock.instant();
    become(
        view.state.withTokens(
            replaced(view.state.tokens(), ownedBy(personId), token -> token.expired(now)),
            view.state.tokensMade()));
  }

  /// The app gives a token up.
  public synchronized void revoke(IssuedToken token) {
    become(kill(view.state, other -> other.label().equals(token.label()), DeathCause.REVOKED));
  }

  private IssuedToken issue(
      WorldState state,
      TokenKind kind,
      String personId,
      Set<String> scopes,
      Instant dataAccessExpiresAt) {
    return issue(state, kind, minting.userToken(), personId, scopes, dataAccessExpiresAt);
  }

  private IssuedToken issue(
      WorldState state,
      TokenKind kind,
      Secret value,
      String personId,
      Set<String> scopes,
      Instant dataAccessExpiresAt) {
    var now = clock.instant();
    var number = state.tokensMade() + 1;
    var token =
        new IssuedToken(
            "token-" + number,
            value,
            kind,
            personId,
            scopes,
            now,
            kind.life() == null ? null : now.plus(kind.life()),
            dataAccessExpiresAt,
            null);
    become(
        state.withTokens(
            Stream.concat(state.tokens().stream(), Stream.of(token)).toList(), number));
    return token;
  }

  private WorldState kill(WorldState state, Predicate<IssuedToken> which, DeathCause cause) {
    var now = clock.instant();
    return state.withTokens(
        replaced(state.tokens(), which, token -> token.killed(cause, now)), state.tokensMade());
  }

  private WorldState replacePerson(String id, UnaryOperator<Person> change) {
    return view.state.withPeople(
        replaced(view.state.people(), person -> person.id().equals(id), change));
  }

  private static Predicate<IssuedToken> ownedBy(String personId) {
    return token -> personId.equals(token.personId());
  }

  private static <T> List<T> replaced(List<T> all, Predicate<T> which, UnaryOperator<T> change) {
    return all.stream().map(one -> which.test(one) ? change.apply(one) : one).toList();
  }

  private void become(WorldState next) {
    file.write(next);
    view = new View(next);
  }

  /// A state with the two ways in that every request takes.
  private static final class View {

    private final WorldState state;
    private final Map<String, Person> people;
    private final Map<Secret, IssuedToken> tokens;

    View(WorldState state) {
      this.state = state;
      this.people =
          state.people().stream().collect(Collectors.toMap(Person::id, Function.identity()));
      this.tokens =
          state.tokens().stream()
              .collect(Collectors.toMap(IssuedToken::value, Function.identity()));
    }
  }
}
