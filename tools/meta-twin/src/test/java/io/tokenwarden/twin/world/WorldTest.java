package io.tokenwarden.twin.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorldTest {

  private static final String REDIRECT = "http://localhost/callback?x=1";

  @TempDir Path folder;

  private final SteppingClock clock = new SteppingClock();
  private final MetaApp app = MetaApp.of("77", Secret.of(UUID.randomUUID().toString()), "Ours");
  private final List<Happening> happenings = new ArrayList<>();
  private World world;
  private Tokens tokens;
  private AdObjects adObjects;
  private Person buyer;

  @BeforeEach
  void open() {
    reopen();
    buyer = world.add(NewPerson.buyer("Buyer"));
  }

  /// A twin that starts with what is on disk.
  private void reopen() {
    var store = new Store(folder, app);
    world = new World(store, clock, happenings::add);
    tokens = new Tokens(store, clock, happenings::add);
    adObjects = new AdObjects(store);
  }

  @Test
  void remembersWhatWasMadeAndChangedInAnAdAccount() {
    // given
    var account = buyer.adAccounts().getFirst();
    var campaign = account.campaigns().getFirst();
    var made = adObjects.make(account, AdObject.Kind.CAMPAIGN, Map.of("name", "Autumn"));
    adObjects.put(adObjects.in(account, campaign.id()).orElseThrow().deleted());

    // when
    reopen();

    // then
    assertThat(adObjects.in(account, made.id())).contains(made);
    assertThat(adObjects.in(account, campaign.id()).orElseThrow().isDeleted()).isTrue();
    assertThat(adObjects.accountOf(made.id())).contains(account.id());
    assertThat(adObjects.accountOf(campaign.ads().getLast().id())).contains(account.id());
    assertThat(adObjects.make(account, AdObject.Kind.CAMPAIGN, Map.of()).id())
        .isNotEqualTo(made.id());
  }

  @Test
  void remembersEverythingAfterARestart() {
    // given
    var token = connected();
    var other = world.register(new NewApp(null, null, "Theirs", null));
    world.changePassword(buyer.id());
    var people = world.people();
    var issued = tokens.all();

    // when
    reopen();

    // then
    assertThat(world.people()).isEqualTo(people);
    assertThat(world.apps()).containsExactly(app, other);
    assertThat(tokens.all()).isEqualTo(issued);
    assertThat(tokens.of(token.value()).orElseThrow().deathAt(clock.instant()))
        .contains(DeathCause.PASSWORD_CHANGED);
  }

  @Test
  void remembersWhatIsWrongAfterARestart() {
    // given
    var account = buyer.adAccounts().getFirst();
    connected();
    world.changePerson(
        buyer.id(),
        it ->
            it.heldUpBy(Checkpoint.BLOCKING)
                .withdrawing(app.id(), "ads_read")
                .losing(account.pixel().id(), Loss.UNKNOWN_OBJECT));
    world.changeAdAccount(account.id(), it -> it.with(AccountStatus.DISABLED));
    world.changeApp(app.id(), it -> it.with(AppStanding.BLOCKED));
    var people = world.people();

    // when
    reopen();

    // then
    assertThat(world.managedApp().standing()).isEqualTo(AppStanding.BLOCKED);
    assertThat(world.people()).isEqualTo(people);
    var person = world.person(buyer.id()).orElseThrow();
    assertThat(person.troubles().checkpoint()).isEqualTo(Checkpoint.BLOCKING);
    assertThat(person.declined(app.id())).containsExactly("ads_read");
    assertThat(person.reachablePixels(account)).isEmpty();
    assertThat(person.adAccount(account.id()).orElseThrow().status())
        .isEqualTo(AccountStatus.DISABLED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"first", "troubled"})
  void readsTheStatesOfATwinThatKnewOneApp(String old) throws IOException {
    // given
    var value = UUID.randomUUID().toString();
    Files.writeString(stateFile(), oldState(old).replace("{token}", value));

    // when
    reopen();

    // then
    var person = world.people().getFirst();
    var token = tokens.of(Secret.of(value)).orElseThrow();
    assertThat(world.managedApp().standing())
        .isEqualTo(old.equals("first") ? AppStanding.WELL : AppStanding.BLOCKED);
    assertThat(world.managedApp().secret()).isEqualTo(app.secret());
    assertThat(person.grant(app.id()).orElseThrow().granted()).containsExactly("ads_read");
    assertThat(person.troubles().checkpoint())
        .isEqualTo(old.equals("first") ? null : Checkpoint.LOGIN);
    assertThat(person.adAccounts().getFirst().status()).isEqualTo(AccountStatus.ACTIVE);
    assertThat(token.appId()).isEqualTo(app.id());
    assertThat(tokens.extend(token).label()).isEqualTo("token-2");
    assertThat(world.add(NewPerson.buyer("Next")).id()).isEqualTo("10150000000000002");
  }

  private static String oldState(String name) throws IOException {
    try (var file = WorldTest.class.getResourceAsStream("/states/" + name + ".json")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void keepsASecretThatWasReset() {
    // given
    var token = connected();

    // when
    var reset = world.resetSecret(app.id()).secret();
    reopen();

    // then
    assertThat(reset).isNotEqualTo(app.secret());
    assertThat(world.managedApp().secret()).isEqualTo(reset);
    assertThat(tokens.of(token.value()).orElseThrow().deathAt(clock.instant()))
        .contains(DeathCause.SECRET_RESET);
  }

  @Test
  void tellsEachAppAnotherIdOfTheSamePerson() {
    // when
    var other = world.register(new NewApp(null, null, "Theirs", null));

    // then
    assertThat(world.userId(buyer, app.id())).isEqualTo(buyer.id());
    assertThat(world.userId(buyer, other.id())).matches("\\d{17}").isNotEqualTo(buyer.id());
    assertThat(world.userId(world.add(NewPerson.buyer("Next")), other.id()))
        .isNotEqualTo(world.userId(buyer, other.id()));
  }

  @Test
  void registersAnAppOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> world.register(new NewApp(app.id(), null, "Twice", null)));
  }

  @Test
  void letsNobodyElseRedeemACode() {
    // given
    var other = world.register(new NewApp(null, null, "Theirs", null));

    // when
    var redemption = tokens.redeem(other.id(), consent(null), REDIRECT, null);

    // then
    assertThat(redemption).isEqualTo(new Redemption.Unknown());
  }

  @Test
  void neverGivesAnIdOrLabelTwice() {
    // given
    var before = connected();

    // when
    reopen();
    var next = world.add(NewPerson.buyer("Next"));
    var after = connected();

    // then
    assertThat(next.id()).isNotEqualTo(buyer.id());
    assertThat(next.adAccounts()).doesNotContainAnyElementsOf(buyer.adAccounts());
    assertThat(after.label()).isNotEqualTo(before.label());
    assertThat(after.value()).isNotEqualTo(before.value());
  }

  @Test
  void keepsItsStateToItself() throws IOException {
    // when
    connected();

    // then
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(stateFile())))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .startsWith("rwx");
  }

  @Test
  void saysNothingOfItsStateWhenItCannotReadIt() throws IOException {
    // given
    Files.writeString(stateFile(), "{\"tokens\":[{\"value\":\"sesame\"");

    // then
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(this::reopen)
        .satisfies(e -> assertThat(e).hasStackTraceContaining("cannot read"))
        .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("sesame"));
  }

  @Test
  void redeemsACodeOnce() {
    // given
    var code = consent(null);

    // when
    var first = tokens.redeem(app.id(), code, REDIRECT, null);
    var second = tokens.redeem(app.id(), code, REDIRECT, null);

    // then
    assertThat(first).isInstanceOf(Redemption.Redeemed.class);
    assertThat(second).isEqualTo(new Redemption.AlreadyUsed());
    assertThat(tokens.all()).hasSize(1);
  }

  @Test
  void insistsOnTheVeryRedirectAddressOfTheDialog() {
    // when
    var redemption = tokens.redeem(app.id(), consent(null), REDIRECT + "&", null);

    // then
    assertThat(redemption).isEqualTo(new Redemption.RedirectDiffers());
  }

  @Test
  void forgetsACodeAfterTenMinutes() {
    // given
    var code = consent(null);

    // when
    clock.step(Duration.ofMinutes(11));

    // then
    assertThat(tokens.redeem(app.id(), code, REDIRECT, null)).isEqualTo(new Redemption.Expired());
  }

  /// Verifier and challenge of [RFC 7636, appendix
  /// B](https://www.rfc-editor.org/rfc/rfc7636#appendix-B).
  @Test
  void checksThePkceVerifier() {
    // given
    var challenge =
        new Challenge("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", Challenge.Method.S256);
    var code = consent(challenge);

    // then
    assertThat(tokens.redeem(app.id(), code, REDIRECT, null))
        .isEqualTo(new Redemption.VerifierWrong());
    assertThat(tokens.redeem(app.id(), code, REDIRECT, "guess"))
        .isEqualTo(new Redemption.VerifierWrong());
    assertThat(
            tokens.redeem(app.id(), code, REDIRECT, "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"))
        .isInstanceOf(Redemption.Redeemed.class);
  }

  @Test
  void letsLongLivedTokensLiveSixtyDays() {
    // given
    var token = tokens.extend(connected());

    // when
    clock.step(Duration.ofSeconds(5_183_943));
    var before = token.deathAt(clock.instant());
    clock.step(Duration.ofSeconds(1));
    var after = token.deathAt(clock.instant());

    // then
    assertThat(before).isEmpty();
    assertThat(after).contains(DeathCause.EXPIRED);
  }

  @Test
  void keepsTheFirstCauseOfDeath() {
    // given
    var token = connected();
    world.changePassword(buyer.id());

    // when
    world.removeApp(buyer.id(), app.id());

    // then
    assertThat(tokens.of(token.value()).orElseThrow().deathAt(clock.instant()))
        .contains(DeathCause.PASSWORD_CHANGED);
    assertThat(world.person(buyer.id()).orElseThrow().grant(app.id())).isEmpty();
  }

  @Test
  void tellsWhatHappenedOnceItIsTrue() {
    // given
    connected();
    var account = buyer.adAccounts().getFirst().id();

    // when
    world.withdraw(buyer.id(), app.id(), "ads_read");
    connected();
    world.changeAdAccount(account, it -> it.with(AccountStatus.DISABLED));
    world.changeAdAccount(account, it -> it.with(AccountStatus.CLOSED));
    world.changeAdAccount(account, it -> it.with(AccountStatus.ACTIVE));
    world.removeApp(buyer.id(), app.id());

    // then
    assertThat(happenings)
        .containsExactly(
            new Happening.PermissionChanged(buyer.id(), app.id(), "ads_read", false),
            new Happening.PermissionChanged(buyer.id(), app.id(), "ads_read", true),
            new Happening.AdsStopped(account),
            new Happening.AppRemoved(buyer.id(), app.id()));
  }

  @Test
  void sparesTheTokensOfOthers() {
    // given
    var token = connected();
    var other = world.add(NewPerson.buyer("Other"));

    // when
    world.changePassword(other.id());

    // then
    assertThat(tokens.of(token.value()).orElseThrow().deathAt(clock.instant())).isEmpty();
  }

  private IssuedToken connected() {
    return switch (tokens.redeem(app.id(), consent(null), REDIRECT, null)) {
      case Redemption.Redeemed(var token) -> token;
      case Redemption other -> throw new AssertionError(other);
    };
  }

  private Secret consent(Challenge challenge) {
    return tokens.consent(
        new Consent(app.id(), buyer.id(), REDIRECT, challenge, Set.of("ads_read"), Set.of(), null));
  }

  private Path stateFile() {
    return folder.resolve("state.json");
  }

  private static String stackTrace(Throwable e) {
    var text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  /// A clock that moves when it is told to.
  private static final class SteppingClock extends Clock {

    private Instant now = Instant.parse("2026-03-10T12:00:00Z");

    void step(Duration duration) {
      now = now.plus(duration);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
