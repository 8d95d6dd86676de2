package io.tokenwarden.auth.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenwarden.auth.app.MetaApp;
import io.tokenwarden.auth.asset.AssetView;
import io.tokenwarden.auth.meta.GraphAnswer.Answered;
import io.tokenwarden.auth.meta.GraphAnswer.Failed;
import io.tokenwarden.auth.preflight.Check.Name;
import io.tokenwarden.contracts.AssetType;
import io.tokenwarden.contracts.Capability;
import io.tokenwarden.contracts.Condition;
import io.tokenwarden.contracts.ConditionKind;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.Health;
import io.tokenwarden.contracts.Lifecycle;
import io.tokenwarden.contracts.Remedy;
import io.tokenwarden.contracts.TokenStatus;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.graph.AccessToken;
import io.tokenwarden.graph.AppSecret;
import io.tokenwarden.graph.GraphError;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChecklistTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final ConnectionId CONNECTION = new ConnectionId(new UUID(0, 1));
  private static final Asked WELL =
      new Asked(Optional.of(new Answered<>("1")), Optional.of(new Answered<>(true)));
  private static final Asked OUTAGE =
      new Asked(Optional.of(new Failed<>(outage())), Optional.of(new Failed<>(outage())));
  private static final Asked NOBODY = new Asked(Optional.empty(), Optional.empty());

  private List<AssetView> assets =
      List.of(asset(AssetType.AD_ACCOUNT, "1", 1, false), asset(AssetType.PIXEL, "2", null, false));
  private List<Condition> conditions = List.of();
  private TokenType tokenType = TokenType.USER;
  private long businesses = 1;

  @Test
  void whatMetaHasNoApiForIsUnknownForTheBestOfConnectionsAndNothingElseIs() {
    // given
    tokenType = TokenType.SYSTEM_USER;

    // when
    var checks = look(WELL);

    // then
    assertThat(named(checks, Result.UNKNOWN))
        .containsExactlyInAnyOrder(Name.APP_REVIEW, Name.SYSTEM_USER_ROLE);
    assertThat(named(checks, Result.FAIL)).isEmpty();
  }

  static Stream<Asked> answers() {
    return Stream.of(WELL, OUTAGE, NOBODY);
  }

  @ParameterizedTest
  @MethodSource("answers")
  void whatIsUnknownSaysHowToFindOutAndNothingElseDoes(Asked asked) {
    // given
    tokenType = TokenType.SYSTEM_USER;
    businesses = 0;
    assets = List.of();

    // when
    var checks = look(asked).values();

    // then
    assertThat(checks).extracting(Check::name).containsExactlyInAnyOrder(Name.values());
    for (var check : checks) {
      if (check.result() == Result.UNKNOWN) {
        assertThat(check.toFindOut())
            .as(check.name().name())
            .containsAnyOf("https://", "ook again");
      } else {
        assertThat(check.toFindOut()).as(check.name().name()).isNull();
      }
    }
  }

  @Test
  void beforeAnythingWasListedNothingOfItFails() {
    // given
    businesses = 0;
    assets = List.of();

    // when / then
    assertThat(named(look(WELL), Result.FAIL)).isEmpty();
  }

  @Test
  void nobodySeesWhichRoleASystemUserHas() {
    // given
    tokenType = TokenType.SYSTEM_USER;

    // when
    var check = look(WELL).get(Name.SYSTEM_USER_ROLE);

    // then
    assertThat(check.toFindOut())
        .contains("Employee", "https://business.facebook.com/settings/system-users");
  }

  @Test
  void aTokenThatReachesMoreThanWasSharedFails() {
    // given
    assets =
        List.of(
            asset(AssetType.AD_ACCOUNT, "1", 1, false), asset(AssetType.AD_ACCOUNT, "7", 1, true));

    // when
    var check = look(WELL).get(Name.ASSETS_WITHIN_GRANT);

    // then
    assertThat(check.result()).isEqualTo(Result.FAIL);
    assertThat(check.says()).contains("7").doesNotContain("1");
  }

  @Test
  void aPixelThatIsNotVisibleAnyMoreFails() {
    // given
    conditions =
        List.of(
            new Condition(
                ConditionKind.PIXEL_UNAVAILABLE,
                null,
                "2",
                CONNECTION,
                Remedy.ASSIGN_ASSET,
                NOW,
                null));

    // when
    var check = look(WELL).get(Name.PIXEL_VISIBLE);

    // then
    assertThat(check.result()).isEqualTo(Result.FAIL);
    assertThat(check.says()).endsWith(": 2");
  }

  @Test
  void aPersonWithoutABusinessFails() {
    // given
    businesses = 0;

    // when / then
    assertThat(look(WELL).get(Name.BUSINESS_ACCESS).result()).isEqualTo(Result.FAIL);
  }

  /// Disabled, unsettled, in review, pending settlement, in grace, closing, closed.
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7, 8, 9, 100, 101})
  void anAdAccountThatIsNotActiveFails(int status) {
    // given
    assets = List.of(asset(AssetType.AD_ACCOUNT, "1", status, false));

    // when / then
    assertThat(look(WELL).get(Name.AD_ACCOUNT_ACTIVE).result()).isEqualTo(Result.FAIL);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 8, 9})
  void anAdAccountWithAnOpenBillFails(int status) {
    // given
    assets = List.of(asset(AssetType.AD_ACCOUNT, "1", status, false));

    // when / then
    assertThat(look(WELL).get(Name.AD_ACCOUNT_BILLABLE).result()).isEqualTo(Result.FAIL);
  }

  @ParameterizedTest
  @EnumSource(Result.class)
  void aCheckSaysHowToFindOutIfAndOnlyIfItIsUnknown(Result result) {
    var other = result == Result.UNKNOWN ? null : "Look there";
    assertThatThrownBy(() -> new Check(Name.APP_REVIEW, result, "…", other))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Map<Name, Check> look(Asked asked) {
    return new Checklist(known(), asked)
        .checks().stream().collect(Collectors.toMap(Check::name, Function.identity()));
  }

  private static List<Name> named(Map<Name, Check> checks, Result result) {
    return checks.values().stream()
        .filter(check -> check.result() == result)
        .map(Check::name)
        .toList();
  }

  private Known known() {
    var health =
        Health.of(
            TokenStatus.ACTIVE,
            Lifecycle.CONNECTED,
            conditions,
            Arrays.stream(Capability.values())
                .collect(Collectors.toMap(Function.identity(), _ -> true)),
            null,
            null,
            List.of(),
            NOW);
    return new Known(
        health,
        tokenType,
        true,
        List.of(),
        assets,
        businesses,
        Optional.of(new MetaApp("1", null, AppSecret.of("unheard-of"), "v25.0", null, null)),
        Optional.of(AccessToken.of("unheard-of")));
  }

  private static AssetView asset(AssetType type, String id, Integer status, boolean beyond) {
    return new AssetView(
        type, id, "Asset", true, null, null, null, status, 0, null, List.of(), beyond, 1, NOW);
  }

  private static GraphError outage() {
    return GraphError.parse(500, "<html>Sorry, something went wrong.</html>").orElseThrow();
  }
}
