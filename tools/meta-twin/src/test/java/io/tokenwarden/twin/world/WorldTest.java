package io.tokenwarden.twin.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorldTest {

  private static final String REDIRECT = "http://localhost/callback?x=1";

  @TempDir Path folder;

  private final SteppingClock clock = new SteppingClock();
  private World world;
  private Person buyer;

  @BeforeEach
  void open() {
    world = new World(folder, clock);
    buyer = world.add(NewPerson.buyer("Buyer"));
  }

  @Test
  void remembersEverythingAfterARestart() {
    // given
    var token = connected();
    world.changePassword(buyer.id());

    // when
    var reopened = new World(folder, clock);

    // then
    assertThat(reopened.people()).isEqualTo(world.people());
    assertThat(reopened.tokens()).isEqualTo(world.tokens());
    assertThat(reopened.token(token.value()).orElseThrow().deathAt(clock.instant()))
        .contains(DeathCause.PASSWORD_CHANGED);
  }

  @Test
  void remembersWhatIsWrongAfterARestart() {
    // given
    var account = buyer.adAccounts().getFirst();
    connected();
    world.change(
        buyer.id(),
        person ->
            person
                .heldUpBy(Checkpoint.BLOCKING)
                .withdrawing("ads_read")
                .losing(account.pixel().id(), Loss.UNKNOWN_OBJECT)
                .with(AccountStatus.DISABLED, account.id()));
    world.change(AppStanding.BLOCKED);

    // when
    var reopened = new World(folder, clock);

    // then
    assertThat(reopened.app()).isEqualTo(AppStanding.BLOCKED);
    assertThat(reopened.people()).isEqualTo(world.people());
    var person = reopened.person(buyer.id()).orElseThrow();
    assertThat(person.checkpoint()).isEqualTo(Checkpoint.BLOCKING);
    assertThat(person.declined()).containsExactly("ads_read");
    assertThat(person.reachablePixels(account)).isEmpty();
    assertThat(person.adAccount(account.id()).orElseThrow().status())
        .isEqualTo(AccountStatus.DISABLED);
  }

  @Test
  void readsAStateInWhichNothingCouldBeWrongYet() throws IOException {
    // given
    connected();
    var now = Files.readString(stateFile());
    var before =
        now.replaceAll(",\"(app|checkpoint|status)\":(null|\"[A-Z]+\")", "")
            .replaceAll(",\"lost\":\\{\\}", "");
    Files.writeString(stateFile(), before);

    // when
    var reopened = new World(folder, clock);

    // then
    assertThat(before).doesNotContain("lost", "checkpoint", "WELL", "ACTIVE");
    assertThat(reopened.people()).isEqualTo(world.people());
    assertThat(reopened.app()).isEqualTo(AppStanding.WELL);
  }

  @Test
  void neverGivesAnIdOrLabelTwice() {
    // given
    var before = connected();

    // when
    world = new World(folder, clock);
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
        .isThrownBy(() -> new World(folder, clock))
        .satisfies(e -> assertThat(e).hasStackTraceContaining("cannot read"))
        .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("sesame"));
  }

  @Test
  void redeemsACodeOnce() {
    // given
    var code = consent(null);

    // when
    var first = world.redeem(code, REDIRECT, null);
    var second = world.redeem(code, REDIRECT, null);

    // then
    assertThat(first).isInstanceOf(Redemption.Redeemed.class);
    assertThat(second).isEqualTo(new Redemption.AlreadyUsed());
    assertThat(world.tokens()).hasSize(1);
  }

  @Test
  void insistsOnTheVeryRedirectAddressOfTheDialog() {
    // when
    var redemption = world.redeem(consent(null), REDIRECT + "&", null);

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
    assertThat(world.redeem(code, REDIRECT, null)).isEqualTo(new Redemption.Expired());
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
    assertThat(world.redeem(code, REDIRECT, null)).isEqualTo(new Redemption.VerifierWrong());
    assertThat(world.redeem(code, REDIRECT, "guess")).isEqualTo(new Redemption.VerifierWrong());
    assertThat(world.redeem(code, REDIRECT, "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"))
        .isInstanceOf(Redemption.Redeemed.class);
  }

  @Test
  void letsLongLivedTokensLiveSixtyDays() {
    // given
    var token = world.extend(connected());

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
    world.removeApp(buyer.id());

    // then
    assertThat(world.token(token.value()).orElseThrow().deathAt(clock.instant()))
        .contains(DeathCause.PASSWORD_CHANGED);
    assertThat(world.person(buyer.id()).orElseThrow().grant()).isNull();
  }

  @Test
  void sparesTheTokensOfOthers() {
    // given
    var token = connected();
    var other = world.add(NewPerson.buyer("Other"));

    // when
    world.changePassword(other.id());

    // then
    assertThat(world.token(token.value()).orElseThrow().deathAt(clock.instant())).isEmpty();
  }

  private IssuedToken connected() {
    return switch (world.redeem(consent(null), REDIRECT, null)) {
      case Redemption.Redeemed(var token) -> token;
      case Redemption other -> throw new AssertionError(other);
    };
  }

  private Secret consent(Challenge challenge) {
    return world.consent(
        new Consent(buyer.id(), REDIRECT, challenge, Set.of("ads_read"), Set.of()));
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
