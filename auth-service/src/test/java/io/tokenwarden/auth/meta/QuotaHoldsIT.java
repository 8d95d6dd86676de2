package io.tokenwarden.auth.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.KeysetFile;
import io.tokenwarden.auth.app.MetaApp;
import io.tokenwarden.auth.meta.GraphAnswer.Answered;
import io.tokenwarden.auth.meta.GraphAnswer.Failed;
import io.tokenwarden.contracts.AdAccountId;
import io.tokenwarden.contracts.EventCodec;
import io.tokenwarden.contracts.EventMeta;
import io.tokenwarden.contracts.QuotaEvent.GraphThrottled;
import io.tokenwarden.contracts.Service;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.graph.AccessToken;
import io.tokenwarden.graph.AppSecret;
import io.tokenwarden.graph.ErrorCategory;
import io.tokenwarden.testsupport.MetaTwin;
import io.tokenwarden.testsupport.RealParts;
import io.tokenwarden.testsupport.TopicWriter;
import io.tokenwarden.testsupport.TwinParts;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What the gateway found used up, this service's own calls leave alone too.
@QuarkusTest
@QuarkusTestResource(KeysetFile.class)
@QuarkusTestResource(TwinParts.class)
@QuarkusTestResource(
    value = RealParts.class,
    initArgs = {
      @ResourceArg(name = RealParts.SERVICE, value = "auth-service"),
      @ResourceArg(name = RealParts.ISSUER, value = "true")
    })
class QuotaHoldsIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  @Inject MetaGraph graph;

  private final MetaTwin twin = TwinParts.twin();
  private final MetaApp app = app(twin.app("Busy"));

  @Test
  void asksNothingThroughAnAppThatIsUsedUpUntilTheHoldIsOver() {
    // given
    assertThat(asked(graph.self(app))).isInstanceOf(Answered.class);

    // when
    usedUp("app:" + app.appId(), Duration.ofSeconds(4));

    // then
    await().atMost(SOON).until(() -> isRefusedByUs(graph.self(app)));
    var before = twin.lastCall();
    assertThat(isRefusedByUs(graph.inspect(app, AccessToken.of("any")))).isTrue();
    assertThat(isRefusedByUs(graph.me(app, AccessToken.of("any")))).isTrue();
    assertThat(twin.callsAfter(before)).isEmpty();

    // and then
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(asked(graph.self(app))).isInstanceOf(Answered.class));
  }

  @Test
  void asksWhatIsCountedOtherwise() {
    // when
    usedUp("account:" + app.appId() + ":1:ads_insights", Duration.ofMinutes(5));

    // then
    var token = AccessToken.of("any");
    await()
        .atMost(SOON)
        .until(() -> isRefusedByUs(graph.recentSpend(app, token, AdAccountId.of("1"))));
    assertThat(isRefusedByUs(graph.recentSpend(app, token, AdAccountId.of("2")))).isFalse();
    assertThat(asked(graph.self(app))).isInstanceOf(Answered.class);
  }

  private static void usedUp(String scope, Duration length) {
    var event =
        new GraphThrottled(
            WorkspaceId.ALL, scope, Instant.now().plus(length), 100.0, null, Instant.now());
    var meta = EventMeta.now(Service.GRAPH_GATEWAY, Clock.systemUTC(), Optional.empty());
    var record = EventCodec.encode(meta, event);
    try (var topics = TopicWriter.shared()) {
      topics.write(record.topic(), record.key(), record.value(), record.headers());
    }
  }

  private static boolean isRefusedByUs(Uni<? extends GraphAnswer<?>> call) {
    return asked(call) instanceof Failed<?>(var error)
        && error.meaning().category() == ErrorCategory.RATE_LIMITED;
  }

  private static GraphAnswer<?> asked(Uni<? extends GraphAnswer<?>> call) {
    return call.await().atMost(SOON);
  }

  private static MetaApp app(MetaTwin.App made) {
    return new MetaApp(
        made.id(), WorkspaceId.of("demo"), AppSecret.of(made.secret()), "v25.0", null, null);
  }
}
