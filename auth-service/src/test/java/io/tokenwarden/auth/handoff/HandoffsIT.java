package io.tokenwarden.auth.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.KeysetFile;
import io.tokenwarden.auth.handoff.Handoffs.Step;
import io.tokenwarden.auth.scope.ScopeProfile;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.testsupport.Meanwhile;
import io.tokenwarden.testsupport.MetaTwin;
import io.tokenwarden.testsupport.RealParts;
import io.tokenwarden.testsupport.Transactions;
import io.tokenwarden.testsupport.TwinParts;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(KeysetFile.class)
@QuarkusTestResource(TwinParts.class)
@QuarkusTestResource(
    value = RealParts.class,
    initArgs = {
      @ResourceArg(name = RealParts.SERVICE, value = "auth-service"),
      @ResourceArg(name = RealParts.ISSUER, value = "true")
    })
class HandoffsIT {
  private static final int AT_ONCE = 6;

  @Inject Handoffs handoffs;

  @Test
  void ofManyWhoTakeOneTicketOneDoes() {
    // given
    var ticket = open();

    // when
    var steps =
        atOnce(() -> handoffs.start(ticket, OneTimeSecret.random(), OneTimeSecret.random()));

    // then
    assertThat(steps).filteredOn(Step.Taken.class::isInstance).hasSize(1);
    assertThat(reasons(steps)).containsOnly(Rejection.TICKET_USED).hasSize(AT_ONCE - 1);
  }

  @Test
  void ofManyWhoBringOneStateOneDoes() {
    // given
    var run = started();

    // when
    var steps =
        atOnce(() -> handoffs.finish(run.state(), Optional.of(run.browser()), Optional.empty()));

    // then
    assertThat(steps).filteredOn(Step.Taken.class::isInstance).hasSize(1);
    assertThat(reasons(steps)).containsOnly(Rejection.STATE_USED).hasSize(AT_ONCE - 1);
  }

  /// Each with a state and a browser of their own.
  @Test
  void ofManyWhoBringOneCodeOneDoes() {
    // given
    var code = Code.of("code " + OneTimeSecret.random().value());
    var runs = Stream.generate(this::started).limit(AT_ONCE).toList();
    var next = new ConcurrentLinkedQueue<>(runs);

    // when
    var steps =
        atOnce(() -> {
          var run = next.remove();
          return handoffs.finish(run.state(), Optional.of(run.browser()), code);
        });

    // then
    assertThat(steps).filteredOn(Step.Taken.class::isInstance).hasSize(1);
    assertThat(reasons(steps)).containsOnly(Rejection.CODE_USED).hasSize(AT_ONCE - 1);
  }

  @Test
  void whatIsLongOverIsForgottenAndNothingElse() {
    // given
    var old = handoff(Clock.systemUTC().instant().minus(Duration.ofDays(3)));
    var recent = handoff(Clock.systemUTC().instant().minus(Duration.ofDays(1)));

    // when
    Transactions.await(handoffs::forget);

    // then
    assertThat(isThere(old)).isFalse();
    assertThat(isThere(recent)).isTrue();
  }

  private record Run(OneTimeSecret state, OneTimeSecret browser) {}

  private Run started() {
    var run = new Run(OneTimeSecret.random(), OneTimeSecret.random());
    var ticket = open();
    Transactions.await(() -> handoffs.start(ticket, run.state(), run.browser()));
    return run;
  }

  private OneTimeSecret open() {
    return Transactions.inTransaction(() -> handoffs.open(errand())).secret();
  }

  private Handoff handoff(Instant end) {
    var handoff = Handoff.to(errand(), UUID.randomUUID(), OneTimeSecret.random(), end);
    return Transactions.inTransaction(() -> handoffs.persist(handoff));
  }

  private boolean isThere(Handoff handoff) {
    return Transactions.inTransaction(() -> handoffs.count("id", handoff.id())) == 1;
  }

  private static Errand errand() {
    return Errand.toConnect(
        WorkspaceId.of("demo"), MetaTwin.APP_ID, ScopeProfile.REPORTING, ReturnTo.of(null), "ann");
  }

  private List<Step> atOnce(Supplier<Uni<Step>> take) {
    var under =
        Stream.generate(() -> Meanwhile.get(() -> Transactions.await(take)))
            .limit(AT_ONCE)
            .toList();
    return under.stream().map(CompletableFuture::join).toList();
  }

  private static List<Rejection> reasons(List<Step> steps) {
    return steps.stream()
        .filter(Step.Refused.class::isInstance)
        .map(step -> ((Step.Refused) step).why())
        .toList();
  }
}
