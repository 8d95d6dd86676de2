package io.tokenwarden.system.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.system.stack.Holds;
import io.tokenwarden.system.stack.RunningStack;
import io.tokenwarden.testsupport.Client;
import io.tokenwarden.testsupport.MetaTwin;
import io.tokenwarden.testsupport.MetaTwin.Limit;
import io.tokenwarden.testsupport.MetaTwin.Meter;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// P9 on the running product: a strict limit of Meta's is met once, and then left alone.
class HoldIT {

  private static final int ALLOWED = 20;
  private static final int CALLERS = 8;
  private static final int CALLS_EACH = 40;

  private final RunningStack stack = RunningStack.shared();
  private final MetaTwin twin = stack.twin();
  private final Client client = new Client(stack);

  @AfterEach
  void letMetaBeWell() {
    twin.clearLimits();
  }

  @Test
  void nobodyAsksOfAnAccountThatIsUsedUp() {
    // given
    var person = twin.person("Eager", 1, 1);
    var connection = client.connect(person);
    var account = person.adAccounts().getFirst();
    twin.limit(
        new Limit("account", ALLOWED, Duration.ofMinutes(1), true, 0, Duration.ofSeconds(1)));

    var target = "/v25.0/act_" + account + "/campaigns";

    // when
    var answers = askedByMany(connection, target);
    var last = client.graph(connection, target);

    // then
    var served = answers.stream().filter(answer -> answer.statusCode() == 200).count();
    assertThat(served).isBetween(1L, (long) ALLOWED);
    assertThat(answers)
        .filteredOn(answer -> answer.statusCode() != 200)
        .allSatisfy(HoldIT::isToldToWait);
    isToldToWait(last);
    assertThat(last.headers().firstValue("Retry-After")).isPresent();
    var meter = meter(account);
    assertThat(meter.duringBlock()).isZero();
    assertThat(meter.worstWindow()).isLessThan(ALLOWED + CALLERS);

    // and then
    assertThat(stack.topics().await("graph.throttled", meter.quota(), 1).getFirst().text())
        .contains("\"holdUntil\":\"2");
    Holds.end(stack);
  }

  private static void isToldToWait(HttpResponse<String> answer) {
    assertThat(answer.headers().firstValue("X-Tokenwarden-Category")).contains("RATE_LIMITED");
    assertThat(answer.headers().firstValueAsLong("X-Tokenwarden-Retry-After").orElse(0))
        .isBetween(1L, 60L);
  }

  /// What Meta has seen of it; the twin names quotas as the gateway does.
  private Meter meter(String account) {
    return twin.meters().stream()
        .filter(each -> each.quota().endsWith(":" + account + ":ads_management"))
        .findFirst()
        .orElseThrow();
  }

  private List<HttpResponse<String>> askedByMany(String connection, String target) {
    try (var threads = Executors.newFixedThreadPool(CALLERS)) {
      return IntStream.range(0, CALLERS * CALLS_EACH)
          .mapToObj(
              _ -> CompletableFuture.supplyAsync(() -> client.graph(connection, target), threads))
          .toList()
          .stream()
          .map(CompletableFuture::join)
          .toList();
    }
  }
}
