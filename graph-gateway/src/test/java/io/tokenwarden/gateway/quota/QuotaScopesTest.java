package io.tokenwarden.gateway.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.gateway.connection.TokenIdentity;
import io.tokenwarden.gateway.request.Body;
import io.tokenwarden.gateway.request.Reading.Accepted;
import io.tokenwarden.gateway.request.RequestReader;
import io.tokenwarden.graph.GraphError;
import io.tokenwarden.graph.quota.QuotaKind;
import io.tokenwarden.graph.quota.QuotaScope;
import io.tokenwarden.graph.quota.Throttle;
import io.tokenwarden.graph.quota.UsageHeaders;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotaScopesTest {

  private static final TokenIdentity TOKEN =
      new TokenIdentity(
          WorkspaceId.of("w"), new ConnectionId(UUID.randomUUID()), 1, "7", "8", TokenType.USER);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /v25.0/act_1/insights       | account:7:1:ads_insights
          /v25.0/1/insights           | account:7:1:ads_insights
          /v25.0/act_1                | account:7:1:ads_management
          /v25.0/act_1/campaigns      | account:7:1:ads_management
          /v25.0/act_1/ad_studies     | account:7:1:ads_management
          /v25.0/act_1/customaudiences| account:7:1:custom_audience
          /v25.0/1/ads                | account:7:1:ads_management
          /v25.0/1/products           | account:7:1:catalog_management
          /v25.0/me/adaccounts        | app:7 user:7:8
          /v25.0/1                    | app:7 user:7:8
          /v25.0/1/feed               | app:7 user:7:8
          /v25.0/                     | app:7 user:7:8
          """)
  void countsACallForItsAccountOrElseForItsAppAndPerson(String target, String counted) {
    assertThat(texts(scopes(target).counted())).isEqualTo(List.of(counted.split(" ")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /act_1/insights | app:7 user:7:8 app:7:ads_insights account:7:1 account:7:1:ads_insights
          /1/feed         | app:7 user:7:8 account:7:1
          /me             | app:7 user:7:8
          """)
  void isHeldByAllThatCloseIt(String target, String covering) {
    assertThat(texts(scopes(target).covering())).isEqualTo(List.of(covering.split(" ")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /act_1/insights  | 80000 | 0       | account:7:1:ads_insights
          /act_1/campaigns | 80000 | 0       | account:7:1
          /act_1/campaigns | 80004 | 0       | account:7:1:ads_management
          /1/feed          | 80001 | 0       | account:7:1
          /act_1/insights  | 17    | 2446079 | account:7:1
          /me/adaccounts   | 17    | 2446079 | user:7:8
          /act_1/insights  | 4     | 1504022 | app:7:ads_insights
          /act_1/insights  | 4     | 0       | app:7
          /me              | 17    | 0       | user:7:8
          /act_1           | 17    | 1885172 | spending_limit:7:1
          /1               | 613   | 1487632 | budget:7:1
          """)
  void findsWhatAnErrorCloses(String target, int code, int subcode, String closed) {
    var error =
        GraphError.parse(
                400,
                "{\"error\":{\"code\":%d,\"error_subcode\":%d,\"message\":\"x\"}}"
                    .formatted(code, subcode))
            .orElseThrow();

    assertThat(scopes(target).closedBy(Throttle.of(error).orElseThrow()).text()).isEqualTo(closed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /act_1/insights  | X-App-Usage                | {"call_count":1}                            | app:7
          /act_1/insights  | X-Ad-Account-Usage         | {"acc_id_util_pct":1}                       | account:7:1
          /act_1/campaigns | X-Business-Use-Case-Usage  | {"1":[{"type":"ads_insights","call_count":1}]} | account:7:1:ads_insights
          /act_1/campaigns | X-Business-Use-Case-Usage  | {"2":[{"type":"ads_management","call_count":1}]} | account:7:2:ads_management
          /act_1/campaigns | X-Business-Use-Case-Usage  | {"1":[{"type":"of tomorrow","call_count":1}]} | account:7:1:ads_management
          /1/feed          | X-Business-Use-Case-Usage  | {"1":[{"type":"pages","call_count":1}]}     | account:7:1
          /act_1/insights  | X-FB-Ads-Insights-Throttle | {"app_id_util_pct":1}                       | app:7:ads_insights
          /me              | X-Page-Usage               | {"call_count":1}                            | user:7:8
          """)
  void findsWhatAHeaderSpeaksOf(String target, String header, String value, String told) {
    var usages = UsageHeaders.parse(List.of(Map.entry(header, value)));

    assertThat(usages).map(scopes(target)::toldBy).map(QuotaScope::text).containsExactly(told);
  }

  @Test
  void whatAnErrorClosesCoversTheSameCall() {
    for (String target :
        List.of("/act_1/insights", "/1/feed", "/1/insights", "/me", "/act_1/ads")) {
      for (int code : List.of(4, 17, 32, 341, 613, 80000, 80001, 80003, 80004, 80014, 80099)) {
        var error =
            GraphError.parse(400, "{\"error\":{\"code\":%d}}".formatted(code)).orElseThrow();
        Throttle.of(error)
            .ifPresent(throttle ->
                assertThat(scopes(target).covering())
                    .as("%s turned away with %d", target, code)
                    .contains(scopes(target).closedBy(throttle)));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          POST   | /1?daily_budget=5             | changes:7:1 budget:7:1
          POST   | /act_1?spend_cap=5            | changes:7:1 spending_limit:7:1
          POST   | /act_1/ads?name=x             | changes:7:1 ad_creation:7:1
          POST   | /act_1/campaigns?name=x       | changes:7:1
          DELETE | /1                            | changes:7:1
          POST   | /act_1/insights?fields=spend  | ''
          GET    | /1?fields=daily_budget        | ''
          """)
  void isHeldByTheLimitsOfWhatItDoes(String verb, String target, String deeds) {
    assertThat(texts(scopes(verb, target).covering()))
        .filteredOn(scope -> !scope.matches("(app|user|account):.*"))
        .isEqualTo(deeds.isEmpty() ? List.of() : List.of(deeds.split(" ")));
  }

  @Test
  void anErrorAboutAnotherDeedClosesAllChanges() {
    var budget = new Throttle(QuotaKind.BUDGET, null);

    assertThat(scopes("POST", "/1?daily_budget=5").closedBy(budget).text()).isEqualTo("budget:7:1");
    assertThat(scopes("POST", "/1?adset_schedule=x").closedBy(budget).text())
        .isEqualTo("changes:7:1");
  }

  private static QuotaScopes scopes(String target) {
    return scopes("GET", target);
  }

  private static QuotaScopes scopes(String verb, String target) {
    var reading = new RequestReader().read(verb, target, new Body.Empty());
    return QuotaScopes.of(((Accepted) reading).request(), TOKEN);
  }

  private static List<String> texts(List<QuotaScope> scopes) {
    return scopes.stream().map(QuotaScope::text).toList();
  }
}
