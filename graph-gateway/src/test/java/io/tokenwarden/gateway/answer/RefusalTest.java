package io.tokenwarden.gateway.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.contracts.Reason;
import io.tokenwarden.gateway.audit.Overreach;
import io.tokenwarden.gateway.quota.Leave.Held;
import io.tokenwarden.graph.ErrorCategory;
import io.tokenwarden.graph.GraphError;
import io.tokenwarden.graph.quota.QuotaKind;
import io.tokenwarden.graph.quota.QuotaScope;
import io.tokenwarden.graph.quota.UseCase;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RefusalTest {

  static Stream<Refusal> refusals() {
    return Stream.concat(
        Stream.of(Refusal.appBlocked()),
        ofReadsAndWrites().flatMap(refusal -> Stream.of(refusal, refusal.ofWrite())));
  }

  private static Stream<Refusal> ofReadsAndWrites() {
    return Stream.concat(
        Stream.of(
            Refusal.malformed("why"),
            Refusal.tooLarge(1),
            Refusal.writesOfBlockedApp(),
            Refusal.blockedByMeta(null),
            Refusal.mayNotWrite(),
            Refusal.unknownOutcome("why"),
            Refusal.forbidden(Overreach.READ_ONLY, "why"),
            Refusal.unauthenticated(),
            Refusal.unauthorised(),
            Refusal.unknownConnection(),
            Refusal.dead(null),
            Refusal.checkpoint(),
            Refusal.quarantined(Duration.ofSeconds(1)),
            Refusal.transientFault("why", Duration.ofSeconds(1)),
            Refusal.usedUp(QuotaScope.ofApp("1"), Duration.ofSeconds(1)),
            held(QuotaScope.ofApp("1")),
            held(QuotaScope.ofUser("1", "2")),
            held(QuotaScope.ofAccount("1", "3", null)),
            held(QuotaScope.ofAccount("1", "3", UseCase.ADS_INSIGHTS)),
            held(new QuotaScope(QuotaKind.BUDGET, "1", "4", null))),
        Arrays.stream(Reason.values()).map(Refusal::dead));
  }

  private static Refusal held(QuotaScope scope) {
    return Refusal.held(new Held(scope, Duration.ofSeconds(1)));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void saysTheSameInItsBodyAsInItsHeader(Refusal refusal) {
    // when
    GraphError error = GraphError.parse(refusal.status(), refusal.body()).orElseThrow();

    // then
    assertThat(error.form()).isEqualTo(GraphError.Form.ENVELOPE);
    assertThat(error.message()).endsWith(refusal.message());
    assertThat(error.meaning().category()).isEqualTo(refusal.category());
    assertThat(error.isTransient()).isEqualTo(refusal.category() == ErrorCategory.TRANSIENT);
  }

  @Test
  void tellsATokenPastItsLifeFromOneThatWasEnded() {
    assertThat(Refusal.dead(Reason.EXPIRED).category()).isEqualTo(ErrorCategory.TOKEN_EXPIRED);
    assertThat(Refusal.dead(Reason.UNUSED_90_DAYS).category())
        .isEqualTo(ErrorCategory.TOKEN_EXPIRED);
    assertThat(Refusal.dead(Reason.PASSWORD_CHANGED).category())
        .isEqualTo(ErrorCategory.TOKEN_INVALIDATED);
  }
}
