package io.tokenwarden.twin.world;

import static io.tokenwarden.twin.world.WorldState.plus;

import io.tokenwarden.twin.world.NewPerson.NewAdAccount;
import io.tokenwarden.twin.world.Store.Changed;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/// The people, apps and ad accounts Meta remembers, and what happens to them.
@Singleton
public final class World {

  private static final long FIRST_PERSON = 10_150_000_000_000_000L;
  private static final long FIRST_ACCOUNT = 1_080_000_000_000_000L;
  private static final long FIRST_CAMPAIGN = 120_210_000_000_000_000L;
  private static final long FIRST_APP = 1_300_000_000_000_000L;
  private static final long FIRST_USER_ID = 20_000_000_000_000_000L;
  private static final long USER_IDS = 10_000_000_000_000_000L;

  private final Store store;
  private final Clock clock;
  private final Consumer<Happening> happenings;
  private final Minting minting = new Minting();

  @Inject
  World(Store store, Clock clock, Event<Happening> happenings) {
    this(store, clock, happenings::fire);
  }

  /// @param happenings is told what an app may want to know, once it is on disk
  World(Store store, Clock clock, Consumer<Happening> happenings) {
    this.store = store;
    this.clock = clock;
    this.happenings = happenings;
  }

  /// Every app, the managed one first.
  public List<MetaApp> apps() {
    return store.state().apps();
  }

  public Optional<MetaApp> app(String id) {
    return store.app(id);
  }

  /// The app the twin is configured with, which whoever names none means.
  public MetaApp managedApp() {
    return store.managedApp();
  }

  /// Everybody, system users too.
  public List<Person> everybody() {
    return store.state().people();
  }

  /// Those who can log in.
  public List<Person> people() {
    return everybody().stream().filter(person -> !person.systemUser()).toList();
  }

  public Optional<Person> person(String id) {
    return store.person(id);
  }

  /// What an app knows a person by. The managed app and others know the same person by different
  /// ids; a system user has but one.
  public String userId(Person person, String appId) {
    return person.systemUser() || appId.equals(managedApp().id())
        ? person.id()
        : Long.toString(FIRST_USER_ID + Math.floorMod(hash(appId, person.id()), USER_IDS));
  }

  private static long hash(String appId, String personId) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      var text = (appId + ":" + personId).getBytes(StandardCharsets.US_ASCII);
      return ByteBuffer.wrap(digest.digest(text)).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// The ad account of this id, whoever has or had it.
  public Optional<AdAccount> adAccount(String id) {
    return everybody().stream().flatMap(person -> person.adAccount(id).stream()).findFirst();
  }

  public MetaApp register(NewApp wanted) {
    return store.make(state -> {
      var made = state.made().anotherApp();
      var app =
          MetaApp.of(
                  wanted.id() == null ? Long.toString(FIRST_APP + made.apps()) : wanted.id(),
                  wanted.secret() == null ? minting.appSecret() : wanted.secret(),
                  wanted.name().strip())
              .withLoginConfigs(wanted.loginConfigs());
      if (state.apps().stream().anyMatch(known -> known.id().equals(app.id()))) {
        throw new IllegalArgumentException("there is an app " + app.id() + " already");
      }
      return new Changed<>(state.with(made).withApps(plus(state.apps(), app)), app);
    });
  }

  /// Gives the app another secret. Whatever was signed with the old one is worth nothing.
  public MetaApp resetSecret(String appId) {
    var now = clock.instant();
    store.change(state ->
        state
            .changeApp(appId, app -> app.withSecretReset(minting.appSecret()))
            .kill(token -> token.appId().equals(appId), DeathCause.SECRET_RESET, now));
    return store.app(appId).orElseThrow();
  }

  public void changeApp(String appId, UnaryOperator<MetaApp> change) {
    store.change(state -> state.changeApp(appId, change));
  }

  public Person add(NewPerson wanted) {
    return store.make(state -> {
      var colleague = Optional.ofNullable(wanted.colleagueOf()).map(this::known);
      var accounts = new ArrayList<>(colleague.map(Person::adAccounts).orElse(List.of()));
      var made = state.made().anotherPerson();
      for (var account : wanted.adAccounts()) {
        accounts.add(adAccount(made, account));
        made = made.anotherAccount(account.campaigns());
      }
      var person =
          Person.stranger(
              Long.toString(FIRST_PERSON + made.people()),
              wanted.name().strip(),
              colleague.map(Person::business).orElse(null),
              accounts,
              wanted.willGrant());
      return new Changed<>(state.with(made).withPeople(plus(state.people(), person)), person);
    });
  }

  private static AdAccount adAccount(Made before, NewAdAccount wanted) {
    return AdAccount.active(
        Long.toString(FIRST_ACCOUNT + before.accounts() + 1),
        wanted.name(),
        wanted.timezone(),
        wanted.currency(),
        campaigns(before.campaigns(), wanted.campaigns()));
  }

  private static List<Campaign> campaigns(long alreadyMade, int count) {
    return LongStream.rangeClosed(1, count)
        .mapToObj(n -> Campaign.active(campaignId(alreadyMade + n), "Campaign " + n))
        .toList();
  }

  /// Ends in 0; see [Campaign].
  static String campaignId(long number) {
    return Long.toString(FIRST_CAMPAIGN + number * 10);
  }

  /// A system user of a person's business.
  ///
  /// @param adAccounts those of the person's that are assigned to it, by id; null for all
  public Person addSystemUser(String personId, String name, Set<String> adAccounts) {
    return store.make(state -> {
      var made = state.made().anotherPerson();
      var owner = known(personId);
      var assigned =
          owner.adAccounts().stream()
              .filter(account -> adAccounts == null || adAccounts.contains(account.id()))
              .toList();
      var user = owner.withSystemUser(Long.toString(FIRST_PERSON + made.people()), name, assigned);
      return new Changed<>(state.with(made).withPeople(plus(state.people(), user)), user);
    });
  }

  private Person known(String personId) {
    return person(personId)
        .orElseThrow(() -> new IllegalArgumentException("there is no person " + personId));
  }

  /// The person changes the password: every session ends, the apps stay installed.
  public void changePassword(String personId) {
    kill(ownedBy(personId), DeathCause.PASSWORD_CHANGED);
  }

  public void logOut(String personId) {
    kill(ownedBy(personId), DeathCause.LOGGED_OUT);
  }

  /// The person removes the app from the account: no session with it, no grant.
  public void removeApp(String personId, String appId) {
    var now = clock.instant();
    store.change(state ->
        state
            .changePerson(personId, person -> person.withoutApp(appId))
            .kill(
                ownedBy(personId).and(token -> token.appId().equals(appId)),
                DeathCause.APP_REMOVED,
                now));
    happenings.accept(new Happening.AppRemoved(personId, appId));
  }

  /// The person asks the app to forget them.
  public void askDeletion(String personId, String appId) {
    happenings.accept(new Happening.DeletionAsked(personId, appId));
  }

  /// The person takes one permission back.
  public void withdraw(String personId, String appId, String permission) {
    changePerson(personId, person -> person.withdrawing(appId, permission));
    happenings.accept(new Happening.PermissionChanged(personId, appId, permission, false));
  }

  /// The person gives a permission back that was declined before.
  public void grant(String personId, String appId, String permission) {
    changePerson(personId, person -> person.granting(appId, permission));
    happenings.accept(new Happening.PermissionChanged(personId, appId, permission, true));
  }

  /// Ends every living token of a person, whatever app it was issued to.
  public void killTokens(String personId, DeathCause cause) {
    kill(ownedBy(personId), cause);
  }

  /// Lets the living tokens of a person reach the end of their life now.
  public void expireTokens(String personId) {
    var now = clock.instant();
    store.change(state -> state.changeTokens(ownedBy(personId), token -> token.expired(now)));
  }

  /// Lets the app's access to the data of a person be over now, for tokens that live on.
  public void endDataAccess(String personId) {
    var now = clock.instant();
    store.change(state ->
        state.changeTokens(
            ownedBy(personId)
                .and(token -> token.dataAccessExpiresAt() != null && !token.isDataAccessOver(now)),
            token -> token.withDataAccessUntil(now)));
  }

  /// What happens to a person and leaves the tokens alone: a checkpoint, a permission taken back,
  /// an ad account lost.
  public void changePerson(String personId, UnaryOperator<Person> change) {
    store.change(state -> state.changePerson(personId, change));
  }

  /// Gives a person an ad account that others have; one they had and lost comes back.
  public void assign(String personId, AdAccount account) {
    changePerson(personId, person -> person.assigned(account));
  }

  /// What happens to an ad account, for everybody who has it.
  public void changeAdAccount(String adAccountId, UnaryOperator<AdAccount> change) {
    var ran = runsAds(adAccountId);
    store.change(state -> state.changeAdAccount(adAccountId, change));
    if (ran && !runsAds(adAccountId)) {
      happenings.accept(new Happening.AdsStopped(adAccountId));
    }
  }

  private boolean runsAds(String adAccountId) {
    return adAccount(adAccountId).filter(AdAccount::runsAds).isPresent();
  }

  /// The system user of this id that belongs to the business.
  public Optional<Person> systemUser(String id, Business business) {
    return person(id).filter(it -> it.systemUser() && it.business().equals(business));
  }

  /// Installs an app on a system user, with no permission yet.
  public void install(Person systemUser, String appId) {
    changePerson(systemUser.id(), person -> person.consenting(appId, Grant.none()));
  }

  private void kill(Predicate<IssuedToken> which, DeathCause cause) {
    var now = clock.instant();
    store.change(state -> state.kill(which, cause, now));
  }

  private static Predicate<IssuedToken> ownedBy(String personId) {
    return token -> personId.equals(token.personId());
  }
}
