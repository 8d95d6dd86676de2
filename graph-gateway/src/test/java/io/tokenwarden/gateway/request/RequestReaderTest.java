package io.tokenwarden.gateway.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.gateway.request.Reading.Accepted;
import io.tokenwarden.gateway.request.Reading.Forbidden;
import io.tokenwarden.gateway.request.Reading.Malformed;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReaderTest {

  private final RequestReader reader = new RequestReader("v25.0");

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
    GraphRequest request = readable(target);

    assertThat(request.path()).isEqualTo(path);
    assertThat(request.query()).isEqualTo(query);
  }

  @Test
  void dropsTheCredentialsAndTheVerbOfTheCaller() {
    assertThat(
            readable("/me?access_token=x&fields=id&appsecret_proof=y&appsecret_time=1&method=get")
                .query())
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
    assertThat(reader.read("GET", target)).isInstanceOf(Malformed.class);
  }

  @Test
  void refusesATargetLongerThanAnyoneNeeds() {
    assertThat(reader.read("GET", "/me?x=" + "y".repeat(17_000))).isInstanceOf(Malformed.class);
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
        "/me?method=delete",
        "/me?method=POST"
      })
  void doesNotForwardWhatMintsOrInspectsCredentialsOrWrites(String target) {
    assertThat(reader.read("GET", target)).isInstanceOf(Forbidden.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "DELETE", "PUT", "PATCH", "HEAD", "OPTIONS", "TRACE"})
  void onlyReads(String verb) {
    assertThat(reader.read(verb, "/me")).isInstanceOf(Forbidden.class);
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
    assertThat(reader.read("GET", target)).isInstanceOf(Accepted.class);
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
    if (reader.read("GET", "/" + text) instanceof Accepted(var request, _)) {
      String again = request.path() + (request.query().isEmpty() ? "" : "?" + request.query());

      assertThat(again).doesNotContain("..", "//", "\\", "\n", "\r", " ");
      assertThat(reader.read("GET", again)).isEqualTo(new Accepted(request, Optional.empty()));
    }
  }

  private GraphRequest readable(String target) {
    return ((Accepted) reader.read("GET", target)).request();
  }
}
