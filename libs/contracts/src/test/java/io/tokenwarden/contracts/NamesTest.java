package io.tokenwarden.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How things are called, and what is no name of anything.
class NamesTest {
  @Test
  void anAdAccountIsCalledByItsDigits() {
    assertThat(AdAccountId.of("act_17")).isEqualTo(AdAccountId.of("17"));
    assertThat(AdAccountId.of("act_17")).hasToString("17");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "act_", "act_1x", "-1", "123456789012345678901"})
  void whatIsNotDigitsIsNoAdAccount(String text) {
    assertThatThrownBy(() -> AdAccountId.of(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aConnectionIsCalledByAUuid() {
    // given
    var name = "01931f3e-7c00-7000-8000-0000000000ab";

    // then
    assertThat(ConnectionId.of(name)).hasToString(name);
    assertThat(ConnectionId.of("01931F3E-7C00-7000-8000-0000000000AB"))
        .isEqualTo(ConnectionId.of(name));
    assertThatThrownBy(() -> new ConnectionId(null)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1-2-3-4-5", "connection", ""})
  void whatIsNoUuidInFullIsNoConnection(String text) {
    assertThatThrownBy(() -> ConnectionId.of(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo", "A", "a.b-c_d", "*", "9"})
  void aWorkspaceIsCalledAsTheIssuerCallsIt(String text) {
    assertThat(WorkspaceId.of(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " demo", "**", ".demo", "de/mo"})
  void otherNamesAreNoWorkspaces(String text) {
    assertThatThrownBy(() -> WorkspaceId.of(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nobodyIsNoWorkspaceAndNoAdAccount() {
    assertThatThrownBy(() -> new WorkspaceId(null)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new AdAccountId(null)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theOperatorsAreNoTenant() {
    assertThat(AppEvent.OPERATORS).isEqualTo(WorkspaceId.ALL);
  }

  @ParameterizedTest
  @EnumSource(Service.class)
  void aServiceIsFoundByItsName(Service service) {
    assertThat(Service.of(service.id())).isEqualTo(service);
  }

  @Test
  void whatIsNoServiceIsNotFound() {
    assertThatThrownBy(() -> Service.of("mailer")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void levelsAndRemediesAreCalledAsInJson() {
    assertThat(InsightsLevel.of("campaign")).isEqualTo(InsightsLevel.CAMPAIGN);
    assertThat(InsightsLevel.AD.code()).isEqualTo("ad");
    assertThat(Remedy.WAIT_OR_RESOLVE.code()).isEqualTo("wait_or_resolve");
    assertThatThrownBy(() -> InsightsLevel.of("adset"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everyConditionCanBeToldByItsName() {
    assertThat(Arrays.stream(ConditionKind.values()).map(NotificationKind::of).map(Enum::name))
        .containsExactly(
            Arrays.stream(ConditionKind.values()).map(Enum::name).toArray(String[]::new));
  }

  @Test
  void aFactThatIsAnnouncedNowHasANameOfItsOwnThatSortsByTime() {
    // given
    var now = Instant.parse("2026-11-21T10:15:31Z");
    var clock = Clock.fixed(now, ZoneOffset.UTC);

    // when
    var one = EventMeta.now(Service.NOTIFIER, clock, Optional.of("trace"));
    var other = EventMeta.now(Service.NOTIFIER, clock, Optional.of("trace"));

    // then
    assertThat(one.id()).isNotEqualTo(other.id());
    assertThat(one.id().version()).isEqualTo(7);
    assertThat(one).isEqualTo(new EventMeta(one.id(), Service.NOTIFIER, now, Optional.of("trace")));
  }
}
