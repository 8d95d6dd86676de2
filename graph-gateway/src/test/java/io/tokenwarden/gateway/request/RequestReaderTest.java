package io.tokenwarden.gateway.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tokenwarden.gateway.request.Body.Empty;
import io.tokenwarden.gateway.request.Body.Form;
import io.tokenwarden.gateway.request.Body.Json;
import io.tokenwarden.gateway.request.Body.Parts;
import io.tokenwarden.gateway.request.GraphRequest.Parameter;
import io.tokenwarden.gateway.request.Reading.Accepted;
import io.tokenwarden.gateway.request.Reading.Forbidden;
import io.tokenwarden.gateway.request.Reading.Malformed;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReaderTest {

  private final RequestReader reader = new RequestReader();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /v24.0/act_1/insights?fields=spend,clicks&level=account | /v24.0/act_1/insights | fields=spend%2Cclicks&level=account
          /act_1/insights                                         | /v25.0/act_1/insights | ''
          /me/                                                    | /v25.0/me             | ''
          /v25.0/                                                 | /v25.0/               | ''
          /?ids=1,2                                               | /v25.0/               | ids=1%2C2
          /me?fields=id%2Cname&limit=5&limit=6                    | /v25.0/me             | fields=id%2Cname&limit=5&limit=6
          /a%3Ab/c?x=a+b%26c                                      | /v25.0/a:b/c          | x=a+b%26c
          /me?time_range=%7B%22since%22%3A%222026-01-01%22%7D     | /v25.0/me             | time_range=%7B%22since%22%3A%222026-01-01%22%7D
          """)
  void writesOneSpellingForWhatWasAsked(String target, String path, String query) {
    GraphRequest request = readable(target).inVersion("v25.0");

    assertThat(request.path()).isEqualTo(path);
    assertThat(request.form()).isEqualTo(query);
  }

  @Test
  void dropsTheCredentialsAndTheVerbOfTheCaller() {
    assertThat(
            readable("/me?access_token=x&fields=id&appsecret_proof=y&appsecret_time=1&method=get")
                .form())
        .isEqualTo("fields=id");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://elsewhere.example/v25.0/me",
        "//elsewhere.example/me",
        "elsewhere.example:443",
        "*",
        "",
        "/v25.0//me",
        "/v25.0/../oauth/access_token",
        "/v25.0/%2e%2e/oauth",
        "/v25.0/./me",
        "/v25.0/%2E/me",
        "/v25.0/act_1%2Finsights",
        "/v25.0/act_1%2finsights",
        "/v25.0/act_1%5cinsights",
        "/v25.0/act_1\\insights",
        "/v25.0/act_1%252Finsights",
        "/v25.0/me;access_token=x",
        "/v25.0/me%3Faccess_token=x",
        "/v25.0/me%00",
        "/v25.0/me%0d%0aHost:x",
        "/v25.0/m\u00e9",
        "/v25.0/%zz",
        "/v25.0/%4",
        "/v25.0/me#fragment",
        "/me?x=%ff",
        "/me?x=%4",
        "/me?x=\u00e9",
        "/me?access_token=a&access_token=b",
        "/me?method=get&method=get",
        "/me?ids=1&ids=2",
        "/me?access.token=a",
        "/me?access%20token=a",
        "/me?access+token=a",
        "/me?%20access_token=a",
        "/me?ACCESS_TOKEN=a",
        "/me?access_token[]=a",
        "/me?access_token%5B0%5D=a",
        "/me?access_token%00x=a",
        "/me?Method=delete"
      })
  void refusesWhatTwoReadersCouldUnderstandDifferently(String target) {
    assertThat(read("GET", target)).isInstanceOf(Malformed.class);
  }

  @Test
  void refusesATargetLongerThanAnyoneNeeds() {
    assertThat(read("GET", "/me?x=" + "y".repeat(17_000))).isInstanceOf(Malformed.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/oauth/access_token?client_id=1",
        "/v25.0/oauth/access_token",
        "/v25.0/OAuth/Access_Token",
        "/v25.0/o%61uth/access_token",
        "/v25.0/oauth/revoke",
        "/v25.0/dialog/oauth",
        "/v25.0/123/access_tokens",
        "/v25.0/123/system_user_access_tokens",
        "/v25.0/123/accounts/test-users",
        "/v25.0/debug_token?input_token=x",
        "/v25.0/debug_token/x",
        "/v25.0/instruments",
        "/v25.0/123/instruments/x",
        "/me?fields=id,access_token",
        "/me?fields=accounts%7Baccess_token%7D",
        "/me?fields=accounts{name,ACCESS_TOKEN}",
        "/me/accounts?fields=id&fields=access_token",
        "/?batch=[]",
        "/me?callback=show",
        "/me?method=patch"
      })
  void doesNotForwardWhatMintsOrInspectsCredentials(String target) {
    assertThat(read("GET", target)).isInstanceOf(Forbidden.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "PATCH", "HEAD", "OPTIONS", "TRACE", "get"})
  void knowsNoVerbThatGraphDoesNotKnow(String verb) {
    assertThat(read(verb, "/me")).isInstanceOf(Forbidden.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/me?fields=access_token_count",
        "/me?fields=id&q=an_access_tokenizer",
        "/me/accounts",
        "/oauthlike"
      })
  void forwardsWhatOnlyLooksSimilar(String target) {
    assertThat(read("GET", target)).isInstanceOf(Accepted.class);
  }

  // ---- bodies

  static Stream<Body> saidInEveryForm() {
    return Stream.of(
        new Form("name=a+b%26c&budget=100&targeting=%7B%22age%22%3A%5B1%2C2%5D%7D"),
        new Json(
            "{\"name\": \"a b&c\", \"budget\": 100, \"targeting\": {\"age\": [1, 2]}, \"x\": null}"),
        new Parts(
            List.of(
                new Parameter("name", "a b&c"),
                new Parameter("budget", "100"),
                new Parameter("targeting", "{\"age\":[1,2]}")),
            List.of()));
  }

  @ParameterizedTest
  @MethodSource("saidInEveryForm")
  void readsTheSameWhateverTheFormOfABody(Body body) {
    var read = (Accepted) reader.read("POST", "/act_1/campaigns?locale=de", body);

    assertThat(read.request())
        .isEqualTo(
            new GraphRequest(
                Verb.POST,
                null,
                List.of("act_1", "campaigns"),
                List.of(
                    new Parameter("locale", "de"),
                    new Parameter("name", "a b&c"),
                    new Parameter("budget", "100"),
                    new Parameter("targeting", "{\"age\":[1,2]}"))));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, delete, DELETE",
    "POST, GET, GET",
    "POST, Delete, DELETE",
    "DELETE, post, POST",
    "GET, , GET"
  })
  void theVerbThatCountsIsTheOneThatIsSaidInside(String method, String said, Verb counts) {
    var form = said == null ? new Form("a=1") : new Form("method=" + said);

    assertThat(((Accepted) reader.read(method, "/1", form)).request().verb()).isEqualTo(counts);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /act_1/insights, true",
    "POST, /act_1/insights, true",
    "POST, /v25.0/9/insights, true",
    "POST, /insights, false",
    "POST, /act_1/insights/x, false",
    "POST, /act_1/Insights, false",
    "DELETE, /act_1/insights, false",
    "POST, /act_1/campaigns, false"
  })
  void aReportIsAskedForAndNotWritten(String method, String target, boolean isRead) {
    assertThat(((Accepted) read(method, target)).request().isRead()).isEqualTo(isRead);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "POST /9 status=PAUSED true",
        "POST /v25.0/9?status=PAUSED '' true",
        "POST /9 status=PAUSED&name=x false",
        "POST /9 status=ACTIVE false",
        "POST /9 status=paused false",
        "POST /9 status[]=PAUSED false",
        "POST /act_9 status=PAUSED false",
        "POST /me status=PAUSED false",
        "POST /9/copies status=PAUSED false",
        "DELETE /9 status=PAUSED false",
        "GET /9 status=PAUSED false",
        "POST /9 status=PAUSED&execution_options=x false"
      })
  void aPauseIsOneObjectAndNothingElse(
      String method, String target, String form, boolean onlyPauses) {
    var request = ((Accepted) reader.read(method, target, new Form(form))).request();

    assertThat(request.onlyPauses()).isEqualTo(onlyPauses);
  }

  static Stream<Body> ambiguous() {
    return Stream.of(
        new Form("method=get&method=delete"),
        new Form("access_token=a&access_token=b"),
        new Form("Access.Token=a"),
        new Form("status=ACTIVE&status=PAUSED"),
        new Form("said=twice"),
        new Form("said[]=twice"),
        new Form("x=%zz"),
        new Form("x=\u00e9"),
        new Json("{\"status\":\"PAUSED\",\"status\":\"ACTIVE\"}"),
        new Json("{\"a\":{\"b\":1,\"b\":2}}"),
        new Json("{\"said\":1}"),
        new Json("{\"METHOD\":\"get\"}"),
        new Json("[]"),
        new Json("\"status=PAUSED\""),
        new Json("{} {}"),
        new Json("{"),
        new Json(""),
        new Parts(List.of(new Parameter("ids", "1"), new Parameter("ids", "2")), List.of()),
        new Parts(List.of(new Parameter("said", "twice")), List.of()),
        withFile("said", new Parameter("x", "1")),
        withFile("x", new Parameter("x", "1")),
        withFile("method", new Parameter("x", "1")),
        withFile("access_token", new Parameter("x", "1")),
        withFile("Batch[]", new Parameter("x", "1")),
        withFile("source", new Parameter("a\"b", "1")),
        withFile("source", new Parameter("method", "delete")));
  }

  private static Body withFile(String name, Parameter parameter) {
    return new Parts(List.of(parameter), List.of(new SentFile(name, "a.png", "image/png", null)));
  }

  @ParameterizedTest
  @MethodSource("ambiguous")
  void refusesBodiesThatTwoReadersCouldUnderstandDifferently(Body body) {
    assertThat(reader.read("POST", "/9?said=once", body)).isInstanceOf(Malformed.class);
  }

  @Test
  void whateverComesWithAFileIsAWriteAndNoPause() {
    var pause = withFile("source", new Parameter("status", "PAUSED"));

    assertThat(((Accepted) reader.read("POST", "/9", pause)).request().onlyPauses()).isFalse();
    assertThat(((Accepted) reader.read("POST", "/9/insights", pause)).request().isRead()).isFalse();
  }

  @Test
  void takesListsThatAreSaidOnePerItem() {
    assertThat(reader.read("POST", "/9", new Form("x[]=1&x[]=2"))).isInstanceOf(Accepted.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"fields=id,access_token", "fields=a{access_token}", "summary=access_token"})
  void asksForNoTokenInAWriteEither(String form) {
    assertThat(reader.read("POST", "/9", new Form(form))).isInstanceOf(Forbidden.class);
  }

  @Test
  void whatAnAdvertSaysIsNobodysBusiness() {
    assertThat(reader.read("POST", "/9", new Form("message=your+access_token,+free")))
        .isInstanceOf(Accepted.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE /me/permissions",
        "DELETE /7/permissions",
        "POST /7/permissions?method=delete",
        "GET /me/permissions?method=DELETE",
        "POST /7/applications",
        "POST /7/system_users",
        "POST /7/access_tokens",
        "POST /act_1/assigned_users",
        "DELETE /act_1/agencies",
        "POST /1/subscriptions",
        "POST /v25.0/device/login",
        "POST /oauth/access_token"
      })
  void writesNothingThatMintsOrEndsCredentialsOrLetsOthersIn(String line) {
    var words = line.split(" ");

    assertThat(read(words[0], words[1])).isInstanceOf(Forbidden.class);
  }

  @Test
  void permissionsMayBeRead() {
    assertThat(read("GET", "/me/permissions")).isInstanceOf(Accepted.class);
  }

  @Property(tries = 1000)
  void readsWhatItWritesTheSameAgain(
      @ForAll List<@Size(max = 5) String> names, @ForAll String value) {
    var json = JsonNodeFactory.instance.objectNode();
    names.forEach(name -> json.put(name, value));

    if (reader.read("POST", "/9", new Json(json.toString())) instanceof Accepted(var request, _)) {
      assertThat(reader.read("POST", "/9", new Form(request.form())))
          .isEqualTo(new Accepted(request, Optional.empty()));
    }
  }

  @Test
  void findsTheAssetAPathBeginsWith() {
    assertThat(readable("/v25.0/act_42/insights").assetId()).isEqualTo("42");
    assertThat(readable("/v25.0/9042/stats").assetId()).isEqualTo("9042");
    assertThat(readable("/me/adaccounts").assetId()).isNull();
    assertThat(readable("/act_x").assetId()).isNull();
    assertThat(readable("/9042x/stats").assetId()).isNull();
    assertThat(readable("/me/9042").assetId()).isNull();
    assertThat(readable("/").assetId()).isNull();
  }

  @Property(tries = 1000)
  void neverThrowsAndWritesOnlyWhatItReadsTheSameAgain(@ForAll String text) {
    if (read("GET", "/" + text) instanceof Accepted(var request, _)) {
      String again = request.path() + (request.form().isEmpty() ? "" : "?" + request.form());

      assertThat(again).doesNotContain("..", "//", "\\", "\n", "\r", " ");
      assertThat(read("GET", again)).isEqualTo(new Accepted(request, Optional.empty()));
    }
  }

  private Reading read(String method, String target) {
    return reader.read(method, target, new Empty());
  }

  private GraphRequest readable(String target) {
    return ((Accepted) read("GET", target)).request();
  }
}
