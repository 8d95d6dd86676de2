package io.tokenwarden.auth.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.auth.scope.ScopeProfile;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class HandoffTest {
  private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
  private static final Instant TICKET_ENDS = NOW.plusSeconds(600);
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final WorkspaceId WORKSPACE = WorkspaceId.of("demo");
  private static final ConnectionId CONNECTION = new ConnectionId(new UUID(1, 2));

  private final OneTimeSecret ticket = OneTimeSecret.random();
  private final OneTimeSecret state = OneTimeSecret.random();
  private final OneTimeSecret browser = OneTimeSecret.random();
  private final Optional<Code> code = Code.of("a code of Meta's");

  // ---- the ticket

  @Test
  void aTicketCanBeTakenUntilItEnds() {
    // given
    var handoff = handoff(toConnect());

    // then
    assertThat(handoff.cannotStart(NOW)).isEmpty();
    assertThat(handoff.cannotStart(TICKET_ENDS.minusNanos(1))).isEmpty();
    assertThat(handoff.cannotStart(TICKET_ENDS)).contains(Rejection.TICKET_EXPIRED);
  }

  @Test
  void aTicketIsTakenOnce() {
    // given
    var handoff = handoff(toConnect());

    // when
    handoff.start(state, browser, NOW, PATIENCE);

    // then
    assertThat(handoff.cannotStart(NOW)).contains(Rejection.TICKET_USED);
    assertThat(handoff.cannotStart(TICKET_ENDS)).contains(Rejection.TICKET_USED);
  }

  // ---- the state

  /// Also where the ticket could have been opened for a day.
  @Test
  void aStateCanComeBackForAsLongAsThePersonMayTake() {
    // given
    var handoff = Handoff.to(toReconnect().asLink(), id(), ticket, NOW.plus(Duration.ofDays(1)));
    var started = TICKET_ENDS.minusSeconds(1);

    // when
    handoff.start(state, browser, started, PATIENCE);

    // then
    var end = started.plus(PATIENCE);
    assertThat(handoff.cannotFinish(Optional.of(browser), end.minusNanos(1))).isEmpty();
    assertThat(handoff.cannotFinish(Optional.of(browser), end)).contains(Rejection.STATE_EXPIRED);
  }

  @Test
  void aStateComesBackInItsOwnBrowserOnly() {
    // given
    var handoff = started(toConnect());

    // then
    assertThat(handoff.cannotFinish(Optional.empty(), NOW)).contains(Rejection.OTHER_BROWSER);
    assertThat(handoff.cannotFinish(Optional.of(OneTimeSecret.random()), NOW))
        .contains(Rejection.OTHER_BROWSER);
    assertThat(handoff.cannotFinish(Optional.of(state), NOW)).contains(Rejection.OTHER_BROWSER);
    assertThat(handoff.cannotFinish(Optional.of(browser), NOW)).isEmpty();
  }

  @Test
  void aStateComesBackOnce() {
    // given
    var handoff = started(toConnect());

    // when
    handoff.use(code, NOW);

    // then
    assertThat(handoff.cannotFinish(Optional.of(browser), NOW)).contains(Rejection.STATE_USED);
    assertThat(handoff.cannotFinish(Optional.empty(), NOW.plus(PATIENCE)))
        .contains(Rejection.STATE_USED);
  }

  // ---- the person

  @Test
  void whoConnectsAnewMayBeAnybody() {
    assertThat(handoff(toConnect()).awaits("4711")).isTrue();
  }

  @Test
  void whoReconnectsIsThePersonOfTheConnection() {
    // given
    var handoff = handoff(toReconnect());

    // then
    assertThat(handoff.awaits("4711")).isTrue();
    assertThat(handoff.awaits("4712")).isFalse();
  }

  @Test
  void aReconnectThatDoesNotSayForWhomIsForNobody() {
    // given
    var errand =
        new Errand(
            WORKSPACE,
            "12",
            ScopeProfile.REPORTING,
            Optional.of(CONNECTION),
            Optional.empty(),
            ReturnTo.of(null),
            "ann",
            false);

    // then
    assertThat(handoff(errand).awaits("4711")).isFalse();
  }

  // ---- going on

  @Test
  void anotherPersonMayGoOnWhileThereIsTime() {
    // given
    var handoff = ended(toReconnect(), Ending.OTHER_PERSON);

    // then
    assertThat(handoff.offersAnew()).isTrue();
    assertThat(handoff.cannotGoOn(NOW.plus(PATIENCE).minusNanos(1))).isEmpty();
    assertThat(handoff.cannotGoOn(NOW.plus(PATIENCE))).contains(Rejection.NOTHING_OFFERED);
  }

  @Test
  void nobodyGoesOnByALink() {
    // given
    var handoff = ended(toReconnect().asLink(), Ending.OTHER_PERSON);

    // then
    assertThat(handoff.offersAnew()).isFalse();
    assertThat(handoff.cannotGoOn(NOW)).contains(Rejection.NOTHING_OFFERED);
  }

  @ParameterizedTest
  @EnumSource(value = Ending.class, names = "OTHER_PERSON", mode = Mode.EXCLUDE)
  void nobodyGoesOnAfterAnyOtherEnd(Ending ending) {
    assertThat(ended(toReconnect(), ending).cannotGoOn(NOW)).contains(Rejection.NOTHING_OFFERED);
  }

  @Test
  void nobodyGoesOnBeforeTheEnd() {
    assertThat(started(toReconnect()).cannotGoOn(NOW)).contains(Rejection.NOTHING_OFFERED);
  }

  @Test
  void whoGoesOnConnectsAnewForTheSame() {
    // when
    var errand = ended(toReconnect(), Ending.OTHER_PERSON).anew();

    // then
    assertThat(errand)
        .isEqualTo(
            new Errand(
                WORKSPACE,
                "12",
                ScopeProfile.PAGES,
                Optional.empty(),
                Optional.empty(),
                ReturnTo.of("/connections"),
                "ann",
                false));
  }

  // ---- what it is for

  @Test
  void whoConnectsForTheUsualTakesNothingFromAConnectionThatIsKnown() {
    // given
    var usual = Errand.toConnect(WORKSPACE, "12", ScopeProfile.REPORTING, ReturnTo.of(null), "ann");
    var more = Errand.toConnect(WORKSPACE, "12", ScopeProfile.FULL, ReturnTo.of(null), "ann");

    // then
    assertThat(handoff(usual).profileSaid()).isNull();
    assertThat(handoff(usual).profile()).isEqualTo(ScopeProfile.REPORTING);
    assertThat(handoff(more).profileSaid()).isEqualTo(ScopeProfile.FULL);
    assertThat(handoff(toReconnect()).profileSaid()).isEqualTo(ScopeProfile.PAGES);
  }

  @Test
  void keepsWhatItIsFor() {
    // when
    var handoff = handoff(toReconnect());

    // then
    assertThat(handoff.workspace()).isEqualTo(WORKSPACE);
    assertThat(handoff.appId()).isEqualTo("12");
    assertThat(handoff.connection()).contains(CONNECTION);
    assertThat(handoff.returnTo()).isEqualTo("/connections");
    assertThat(handoff.createdBy()).isEqualTo("ann");
    assertThat(handoff.id()).isEqualTo(id());
    assertThat(handoff(toConnect()).connection()).isEmpty();
  }

  private Handoff handoff(Errand errand) {
    return Handoff.to(errand, id(), ticket, TICKET_ENDS);
  }

  private Handoff started(Errand errand) {
    var handoff = handoff(errand);
    handoff.start(state, browser, NOW, PATIENCE);
    return handoff;
  }

  private Handoff ended(Errand errand, Ending ending) {
    var handoff = started(errand);
    handoff.use(code, NOW);
    handoff.end(ending);
    return handoff;
  }

  private static Errand toConnect() {
    return Errand.toConnect(WORKSPACE, "12", ScopeProfile.PAGES, ReturnTo.of(null), "ann");
  }

  private static Errand toReconnect() {
    return new Errand(
        WORKSPACE,
        "12",
        ScopeProfile.PAGES,
        Optional.of(CONNECTION),
        Optional.of("4711"),
        ReturnTo.of("/connections"),
        "ann",
        false);
  }

  private static UUID id() {
    return new UUID(3, 4);
  }
}
