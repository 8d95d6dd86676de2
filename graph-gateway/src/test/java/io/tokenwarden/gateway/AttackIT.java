package io.tokenwarden.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.tokenwarden.gateway.FakeServer.Call;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What somebody may try who holds a handle and wants more: each of it in each place where a
/// parameter can stand. Refused, and nothing of it comes to Meta.
@QuarkusTest
class AttackIT extends WriterTest {

  /// @param parameters `name=value`, plain
  private record Attack(String name, String method, String path, String... parameters) {}

  /// Where the parameters stand.
  private static final String FILE =
      "--b\r\nContent-Disposition: form-data; name=\"source\"; filename=\"a.png\"\r\n\r\nx\r\n";

  private enum Place {
    QUERY,
    FORM,
    JSON,
    MULTIPART,
    AFTER_A_FILE,
    URL_IN_A_BATCH,
    BODY_IN_A_BATCH
  }

  /// With a handle that only reads.
  private static final List<Attack> BY_READERS =
      List.of(
          new Attack("delete by override", "GET", "/9", "method=delete"),
          new Attack("delete by override in capitals", "POST", "/9", "method=DELETE"),
          new Attack("write", "POST", "/9", "status=ACTIVE"),
          new Attack("write by override", "GET", "/9", "method=post", "status=ACTIVE"),
          new Attack("report deleted", "POST", "/act_11/insights", "method=delete"),
          new Attack("verb in disguise", "POST", "/9", "Method=get", "status=ACTIVE"),
          new Attack("verb as a list", "POST", "/9", "method[]=get", "status=ACTIVE"));

  /// With a handle that writes whatever the connection reaches.
  private static final List<Attack> BY_WRITERS =
      List.of(
          new Attack("second credential", "GET", "/me", "access_token=EAAB", "access_token=EAAC"),
          new Attack("credential in disguise", "GET", "/me", "access.token=EAAB"),
          new Attack("page tokens", "GET", "/me/accounts", "fields=name,access_token"),
          new Attack("page tokens nested", "GET", "/me", "fields=accounts{access_token}"),
          new Attack("page tokens by a write", "POST", "/9", "fields=access_token"),
          new Attack("minting", "POST", "/5/access_tokens", "scope=ads_management"),
          new Attack("minting for system users", "POST", "/5/system_user_access_tokens", "scope=x"),
          new Attack("test users", "POST", "/5/accounts/test-users", "installed=true"),
          new Attack("exchange", "POST", "/oauth/access_token", "grant_type=fb_exchange_token"),
          new Attack("device", "POST", "/v25.0/device/login", "scope=x"),
          new Attack("install", "POST", "/5/applications", "business_app=5"),
          new Attack("inspection", "GET", "/debug_token", "input_token=EAAB"),
          new Attack("withdrawal", "DELETE", "/me/permissions", "permission=ads_read"),
          new Attack("withdrawal by override", "GET", "/me/permissions", "method=delete"),
          new Attack("others let in", "POST", "/act_11/assigned_users", "user=5"),
          new Attack("callback", "GET", "/me", "callback=show"),
          new Attack("dots", "GET", "/v25.0/%2e%2e/oauth/access_token", "x=1"),
          new Attack("encoded slash", "GET", "/v25.0/oauth%2Faccess_token", "x=1"),
          new Attack("empty segment", "GET", "/v25.0//oauth/access_token", "x=1"));

  /// With a handle that writes, and reaches one ad account.
  private static final List<Attack> BY_THE_RESTRICTED =
      List.of(
          new Attack("ids", "GET", "/", "ids=act_12"),
          new Attack("ids beside a path", "GET", "/act_11", "ids=act_12"),
          new Attack("ids written", "POST", "/", "ids=8,9", "status=PAUSED"),
          new Attack("nested fields", "GET", "/act_11", "fields=business{owned_ad_accounts}"),
          new Attack("another account", "GET", "/act_12/insights", "fields=spend"),
          new Attack("another account written", "POST", "/act_12/campaigns", "name=x"),
          new Attack("nested batch", "POST", "/", "batch=[]"),
          new Attack("me", "GET", "/me/accounts", "limit=5"),
          new Attack("alias", "POST", "/someone", "status=PAUSED"));

  @BeforeEach
  void theConnectionMayWrite() {
    writes();
  }

  @TestFactory
  List<DynamicTest> areRefusedToReaders() {
    return everywhere("read", BY_READERS);
  }

  @TestFactory
  List<DynamicTest> areRefusedToWriters() {
    return everywhere("write", BY_WRITERS);
  }

  @TestFactory
  List<DynamicTest> areRefusedToTheRestricted() {
    return everywhere("write", BY_THE_RESTRICTED, "11");
  }

  private List<DynamicTest> everywhere(String access, List<Attack> attacks, String... assets) {
    opens(access, assets);
    List<DynamicTest> tests = new ArrayList<>();
    for (Attack attack : attacks) {
      for (Place place : Place.values()) {
        tests.add(
            DynamicTest.dynamicTest(
                attack.name() + " in " + place, () -> isRefused(attack, place)));
      }
    }
    return tests;
  }

  private void isRefused(Attack attack, Place place) {
    // when
    HttpResponse<String> answer = tried(attack, place);

    // then
    assertThat(answer.statusCode()).as(answer.body()).isIn(400, 403);
    assertThat(header(answer, "X-Tokenwarden-Category")).isEqualTo("BAD_REQUEST");
    assertThat(meta.calls()).extracting(Call::path).isEmpty();
  }

  private HttpResponse<String> tried(Attack attack, Place place) {
    String[] said = attack.parameters();
    return switch (place) {
      case QUERY -> call(attack.method(), attack.path() + "?" + form(said), FORM, "");
      case FORM -> call(attack.method(), attack.path(), FORM, form(said));
      case JSON -> call(attack.method(), attack.path(), JSON_TYPE, json(said));
      case MULTIPART -> call(attack.method(), attack.path(), MULTIPART, multipart(said));
      case AFTER_A_FILE -> call(attack.method(), attack.path(), MULTIPART, FILE + multipart(said));
      case URL_IN_A_BATCH -> batch(attack.method(), attack.path() + "?" + form(said), "");
      case BODY_IN_A_BATCH -> batch(attack.method(), attack.path(), form(said));
    };
  }

  /// After an item that would pass.
  private HttpResponse<String> batch(String method, String url, String body) {
    String items =
        "[{\"method\":\"GET\",\"relative_url\":\"act_11\"},{\"method\":\"%s\",\"relative_url\":\"%s\",\"body\":\"%s\"}]"
            .formatted(method, url.substring(1), body);
    return call("POST", "/v25.0", FORM, "batch=" + encoded(items));
  }

  private static String form(String... said) {
    return Arrays.stream(said)
        .map(pair -> pair.split("=", 2))
        .map(pair -> encoded(pair[0]) + "=" + encoded(pair[1]))
        .collect(Collectors.joining("&"));
  }

  private static String json(String... said) {
    return Arrays.stream(said)
        .map(pair -> pair.split("=", 2))
        .map(pair -> "\"" + pair[0] + "\":\"" + pair[1] + "\"")
        .collect(Collectors.joining(",", "{", "}"));
  }
}
