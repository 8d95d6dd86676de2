package io.tokenwarden.graph;

import static io.tokenwarden.graph.ErrorCategory.ASSET_UNAVAILABLE;
import static io.tokenwarden.graph.ErrorCategory.AUTH_ERROR;
import static io.tokenwarden.graph.ErrorCategory.BAD_REQUEST;
import static io.tokenwarden.graph.ErrorCategory.BLOCKED;
import static io.tokenwarden.graph.ErrorCategory.PERMISSION_MISSING;
import static io.tokenwarden.graph.ErrorCategory.RATE_LIMITED;
import static io.tokenwarden.graph.ErrorCategory.SERVER_ERROR;
import static io.tokenwarden.graph.ErrorCategory.TOKEN_EXPIRED;
import static io.tokenwarden.graph.ErrorCategory.TOKEN_INVALIDATED;
import static io.tokenwarden.graph.ErrorCategory.TRANSIENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.graph.Samples.Sample;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorTaxonomyTest {

  static Stream<Sample> samples() {
    return Samples.all().stream();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void understandsWhatMetaReallyAnswered(Sample sample) {
    assertThat(meaning(sample.status(), sample.body()).category()).isIn(sample.accepted());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void prefersTheFirstMeaningWhereSeveralCanBeDefended(Sample sample) {
    assertThat(meaning(sample.status(), sample.body()).category()).isEqualTo(sample.category());
  }

  @Property(tries = 2000)
  void decidesOnCodesNotOnOrderIdsOrMembersItDoesNotKnow(
      @ForAll("anySample") Sample sample, @ForAll long seed) {
    // when
    String disguised = Samples.disguised(sample.body(), new Random(seed));

    // then
    assertThat(meaning(sample.status(), disguised))
        .isEqualTo(meaning(sample.status(), sample.body()));
  }

  @Provide
  Arbitrary<Sample> anySample() {
    return Arbitraries.of(Samples.all());
  }

  // ---- the table

  @ParameterizedTest(name = "190/{0} is {1}, {2}")
  @CsvSource({
    "458, TOKEN_INVALIDATED, APP_REMOVED",
    "460, TOKEN_INVALIDATED, PASSWORD_CHANGED",
    "463, TOKEN_EXPIRED, EXPIRED",
    "465, TOKEN_INVALIDATED, SYSTEM_USER_LOST",
    "466, TOKEN_INVALIDATED, REVOKED",
    "467, TOKEN_INVALIDATED, LOGGED_OUT",
    "468, TOKEN_EXPIRED, UNUSED_90_DAYS",
    "493, TOKEN_EXPIRED, UNUSED_90_DAYS"
  })
  void saysWhyATokenDied(int subcode, ErrorCategory category, ExpiredReason reason) {
    for (Integer code : new Integer[] {190, 102, null}) {
      Meaning meaning = error(400, code, subcode, "Texto em outra língua").meaning();

      assertThat(meaning.category()).isEqualTo(category);
      assertThat(meaning.expiredReason()).contains(reason);
      assertThat(meaning.scope()).isEqualTo(FailureScope.TOKEN);
      assertThat(meaning.suspicion()).isEqualTo(Suspicion.TOKEN);
      assertThat(meaning.remedy()).isEqualTo(Remedy.RECONNECT);
    }
  }

  @ParameterizedTest(name = "code {0}, subcode {1}")
  @CsvSource({"190, 459", "190, 464", "190, 490", "459,", "464,", "490,"})
  void keepsTheTokenOfWhoeverMustPassACheckpoint(int code, Integer subcode) {
    Meaning meaning = error(400, code, subcode, "anything").meaning();

    assertThat(meaning.category()).isEqualTo(BLOCKED);
    assertThat(meaning.checkpoint()).isTrue();
    assertThat(meaning.remedy().code()).isEqualTo("resolve_checkpoint");
    assertThat(meaning.expiredReason()).isEmpty();
    assertThat(meaning.suspicion()).isEqualTo(Suspicion.TOKEN);
  }

  @ParameterizedTest(name = "{0}/{1} is {2}")
  @CsvSource({
    "1, 99, TRANSIENT",
    "1, 2853001, PERMISSION_MISSING",
    "2, 1504041, BAD_REQUEST",
    "2, 1504042, BAD_REQUEST",
    "2, 1504044, TRANSIENT",
    "-1, 4279047, BAD_REQUEST",
    "-2, 2490547, TRANSIENT",
    "-3, 1504045, TRANSIENT",
    "-1, 1504041, BAD_REQUEST",
    "-1, 1504022, RATE_LIMITED",
    "4, 1504022, RATE_LIMITED",
    "4, 1504039, RATE_LIMITED",
    "4, 2207051, BLOCKED",
    "10, 2332002, PERMISSION_MISSING",
    "10, 1341012, PERMISSION_MISSING",
    "17, 2446079, RATE_LIMITED",
    "17, 1885172, RATE_LIMITED",
    "17, 1349172, RATE_LIMITED",
    "25, 2207050, BLOCKED",
    "100, 33, ASSET_UNAVAILABLE",
    "100, 1359101, ASSET_UNAVAILABLE",
    "100, 1487534, TRANSIENT",
    "100, 1504018, TRANSIENT",
    "100, 1487851, BAD_REQUEST",
    "100, 1487694, BAD_REQUEST",
    "100, 1752129, BAD_REQUEST",
    "100, 3858258, BAD_REQUEST",
    "100, 1885183, BAD_REQUEST",
    "190, 452, AUTH_ERROR",
    "190, 492, PERMISSION_MISSING",
    "190, 2069032, BAD_REQUEST",
    "200, 2069030, BAD_REQUEST",
    "200, 1870034, PERMISSION_MISSING",
    "368, 1390008, BLOCKED",
    "368, 1404006, BLOCKED",
    "368, 4854002, BLOCKED",
    "613, 1996, RATE_LIMITED",
    "613, 1487742, RATE_LIMITED",
    "613, 5044001, RATE_LIMITED",
    "80000, 2446079, RATE_LIMITED"
  })
  void readsPairsWhateverTheirText(int code, int subcode, ErrorCategory category) {
    for (int status : new int[] {0, 200, 400, 403, 500}) {
      assertThat(error(status, code, subcode, "任意のテキスト").meaning().category()).isEqualTo(category);
    }
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "1, TRANSIENT",
    "2, TRANSIENT",
    "-1, TRANSIENT",
    "-2, TRANSIENT",
    "-3, TRANSIENT",
    "3, PERMISSION_MISSING",
    "4, RATE_LIMITED",
    "10, PERMISSION_MISSING",
    "12, BAD_REQUEST",
    "15, AUTH_ERROR",
    "17, RATE_LIMITED",
    "25, BLOCKED",
    "32, RATE_LIMITED",
    "100, BAD_REQUEST",
    "101, AUTH_ERROR",
    "102, AUTH_ERROR",
    "104, AUTH_ERROR",
    "190, AUTH_ERROR",
    "270, PERMISSION_MISSING",
    "341, RATE_LIMITED",
    "368, BLOCKED",
    "415, AUTH_ERROR",
    "506, BAD_REQUEST",
    "613, RATE_LIMITED",
    "803, ASSET_UNAVAILABLE",
    "960, TRANSIENT",
    "2500, AUTH_ERROR",
    "2635, BAD_REQUEST",
    "2642, BAD_REQUEST",
    "2650, BAD_REQUEST",
    "2654, BAD_REQUEST",
    "3000, PERMISSION_MISSING",
    "3018, BAD_REQUEST",
    "3979, PERMISSION_MISSING",
    "1487225, RATE_LIMITED",
    "1487851, BLOCKED",
    "1609005, BAD_REQUEST"
  })
  void readsCodesWhateverTheStatusAndIsTransientSay(int code, ErrorCategory category) {
    for (int status : new int[] {0, 200, 400, 403, 429, 500}) {
      for (Boolean isTransient : new Boolean[] {true, false, null}) {
        assertThat(
                new GraphError(
                        status,
                        GraphError.Form.ENVELOPE,
                        code,
                        null,
                        "OAuthException",
                        null,
                        null,
                        isTransient,
                        null,
                        null)
                    .meaning()
                    .category())
            .isEqualTo(category);
      }
    }
  }

  @Test
  void holdsEveryCodeFrom200To299ForAMissingPermission() {
    assertThat(IntStream.rangeClosed(200, 299))
        .allMatch(code -> categoryOf(code) == PERMISSION_MISSING);
    assertThat(List.of(categoryOf(199), categoryOf(300))).doesNotContain(PERMISSION_MISSING);
  }

  @Test
  void holdsEveryCodeFrom80000To80099ForAUsedUpQuota() {
    assertThat(IntStream.rangeClosed(80000, 80099))
        .allMatch(code -> categoryOf(code) == RATE_LIMITED);
    assertThat(List.of(categoryOf(79999), categoryOf(80100))).doesNotContain(RATE_LIMITED);
  }

  @ParameterizedTest(name = "{0}/{1} concerns {2}")
  @CsvSource({
    "4,, APP",
    "4, 1504022, APP",
    "17,, USER",
    "17, 2446079, AD_ACCOUNT",
    "80000,, AD_ACCOUNT",
    "80004,, AD_ACCOUNT",
    "80001,, ASSET",
    "101,, APP",
    "270,, APP",
    "368,, USER",
    "100, 33, ASSET",
    "100,, REQUEST",
    "2,, META",
    "190, 463, TOKEN"
  })
  void saysHowFarAFailureReaches(int code, Integer subcode, FailureScope scope) {
    assertThat(error(400, code, subcode, null).meaning().scope()).isEqualTo(scope);
  }

  @ParameterizedTest(name = "unknown code, is_transient {0}, HTTP {1} is {2}")
  @CsvSource({
    "true, 400, TRANSIENT",
    "true, 500, TRANSIENT",
    "false, 500, SERVER_ERROR",
    ", 503, SERVER_ERROR",
    ", 429, RATE_LIMITED",
    "false, 429, RATE_LIMITED",
    ", 400, BAD_REQUEST",
    ", 403, BAD_REQUEST",
    ", 0, BAD_REQUEST"
  })
  void asksIsTransientAndThenTheStatusOnlyForCodesItDoesNotKnow(
      Boolean isTransient, int status, ErrorCategory category) {
    GraphError unknown =
        new GraphError(
            status,
            GraphError.Form.ENVELOPE,
            7654321,
            null,
            null,
            "?",
            null,
            isTransient,
            null,
            null);

    assertThat(unknown.meaning().category()).isEqualTo(category);
  }

  @Test
  void hasNoRuleThatAnEarlierOneHides() {
    assertThat(ErrorTaxonomy.RULES).map(ErrorTaxonomy.Rule::name).doesNotHaveDuplicates();
    assertThat(ErrorTaxonomy.RULES)
        .filteredOn(rule -> rule.name().matches("-?\\d+(/\\d+|\\.\\.-?\\d+)?"))
        .hasSizeGreaterThan(80)
        .allSatisfy(
            rule -> assertThat(ErrorTaxonomy.ruleFor(plainest(rule.name()))).isSameAs(rule));
  }

  /// The error a rule is named after: `190/463`, `100`, or the last of `200..299`.
  private static GraphError plainest(String rule) {
    String[] numbers = rule.split("/|\\.\\.", -1);
    return rule.contains("..")
        ? error(400, Integer.valueOf(numbers[1]), null, null)
        : error(
            400,
            Integer.valueOf(numbers[0]),
            numbers.length > 1 ? Integer.valueOf(numbers[1]) : null,
            null);
  }

  // ---- texts, where the code means several things

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Error validating access token: Session has expired on Monday, 01-Jan-24 00:00:00 PST.      | TOKEN_EXPIRED     | EXPIRED
          Error validating access token: The session has been invalidated because the user changed the password. | TOKEN_INVALIDATED | PASSWORD_CHANGED
          Error validating access token: Session does not match current stored session. This may be because the user changed the password since the time the session was created | TOKEN_INVALIDATED | PASSWORD_CHANGED
          Error validating access token: The session is invalid because the user logged out.         | TOKEN_INVALIDATED | LOGGED_OUT
          Error validating access token: The user has not authorized application 42.                 | TOKEN_INVALIDATED | APP_REMOVED
          Error validating access token: The session has been invalidated for reasons of its own.    | TOKEN_INVALIDATED | REVOKED
          """)
  void reads190WithoutSubcodeByItsText(
      String message, ErrorCategory category, ExpiredReason reason) {
    for (String text : List.of(message, "(#190) " + message)) {
      Meaning meaning = error(400, 190, null, text).meaning();

      assertThat(meaning.category()).isEqualTo(category);
      assertThat(meaning.expiredReason()).contains(reason);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Cannot parse access token",
        "Invalid OAuth access token - Cannot parse access token",
        "Invalid OAuth access token data.",
        "Invalid OAuth access token signature.",
        "Malformed access token ****",
        "Bad signature",
        "The access token could not be decrypted",
        "Invalid JSON for postcard",
        "Fehler in einer anderen Sprache"
      })
  void asksAboutATokenMetaCannotRead(String message) {
    Meaning meaning = error(400, 190, null, message).meaning();

    assertThat(meaning.category()).isEqualTo(AUTH_ERROR);
    assertThat(meaning.suspicion()).isEqualTo(Suspicion.TOKEN);
    assertThat(meaning.expiredReason()).isEmpty();
  }

  // ---- the traps

  @Test
  void doesNotSuspectALivingTokenThatLacksAPermissionThoughTheCodeIs190() {
    List<String> texts =
        List.of(
            "Any of the pages_read_engagement,\n   pages_show_list permission(s) must be granted before impersonating a\n   user's page.",
            "The user must be an administrator of the page in order to impersonate it.");

    assertThat(texts)
        .map(text -> error(400, 190, null, text).meaning())
        .allSatisfy(meaning -> {
          assertThat(meaning.category()).isEqualTo(PERMISSION_MISSING);
          assertThat(meaning.suspicion()).isEqualTo(Suspicion.PERMISSIONS);
          assertThat(meaning.expiredReason()).isEmpty();
        });
  }

  @Test
  void doesNotSuspectATokenOfTheWrongKind() {
    assertThat(
            List.of(
                error(400, 190, null, "(#190) This method must be called with a Page Access Token")
                    .meaning(),
                error(400, 190, 2069032, "User Access Token Is Not Supported").meaning()))
        .allSatisfy(meaning -> {
          assertThat(meaning.category()).isEqualTo(BAD_REQUEST);
          assertThat(meaning.suspicion()).isEqualTo(Suspicion.NONE);
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "API access blocked.",
        "API access deactivated. To reactivate, go to the app dashboard.",
        "(#200) API access blocked.",
        "(#200) Access to this data is temporarily disabled for non-active apps or apps that have not recently accessed this data"
      })
  void blamesTheAppNotTheTokenWhenTheWholeAppIsBlocked(String message) {
    Meaning meaning = error(400, 200, null, message).meaning();

    assertThat(meaning.category()).isEqualTo(BLOCKED);
    assertThat(meaning.scope()).isEqualTo(FailureScope.APP);
    assertThat(meaning.suspicion()).isEqualTo(Suspicion.APP);
    assertThat(meaning.remedy()).isEqualTo(Remedy.CHECK_APP);
  }

  @Test
  void tellsABlockFromARateLimitOfTheSameCode() {
    assertThat(
            meaning(
                    403,
                    "{\"error\":{\"code\":4,\"error_subcode\":2207051,\"is_transient\":false}}")
                .category())
        .isEqualTo(BLOCKED);
    assertThat(meaning(403, "{\"error\":{\"code\":4,\"is_transient\":true}}").category())
        .isEqualTo(RATE_LIMITED);
  }

  @Test
  void shrinksWhatIsTooHeavyThoughMetaCallsItNotTransient() {
    Meaning heavy =
        meaning(400, "{\"error\":{\"code\":2,\"error_subcode\":1504044,\"is_transient\":false}}");
    Meaning wrong =
        meaning(500, "{\"error\":{\"code\":2,\"error_subcode\":1504041,\"is_transient\":true}}");

    assertThat(heavy.category()).isEqualTo(TRANSIENT);
    assertThat(heavy.remedy()).isEqualTo(Remedy.REQUEST_LESS);
    assertThat(wrong.category()).isEqualTo(BAD_REQUEST);
  }

  @Test
  void doesNotRepeatForeverWhatCode1MeansForGood() {
    assertThat(error(400, 1, 2853001, "An unknown error occurred").meaning().worthRepeating())
        .isFalse();
    assertThat(error(400, 1, null, "Error validating client secret.").meaning())
        .extracting(Meaning::category, Meaning::remedy)
        .containsExactly(AUTH_ERROR, Remedy.CHECK_APP);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Please reduce the amount of data you're asking for, then retry your request",
        "(#1) Please reduce the amount of data you're asking for, then retry your request"
      })
  void shrinksWhereMetaAsksForIt(String message) {
    assertThat(error(500, 1, null, message).meaning().remedy()).isEqualTo(Remedy.REQUEST_LESS);
  }

  @ParameterizedTest(name = "HTTP {0}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          400 | <!DOCTYPE html><html lang="en">                                      | SERVER_ERROR
          200 | <html><body>Sorry, something went wrong.</body></html>               | SERVER_ERROR
          200 | Service Unavailable                                                  | SERVER_ERROR
          429 | slow down                                                            | RATE_LIMITED
          200 | {"data":[{"spend":"12.3                                              | TRANSIENT
          200 | {"data":[{"spend":"12.34","date_start":"2026-01-01"}],"paging":      | TRANSIENT
          400 | {"error":{"message":"Error validating                                | SERVER_ERROR
          400 | essage":"x","type":"OAuthException","code":190,"error_subcode":463}} | TOKEN_EXPIRED
          400 | "error":{"message":"x","code":190,"error_subcode":460}}              | TOKEN_INVALIDATED
          0   | error":{"message":"x","code":368,"error_subcode":1390008}}           | BLOCKED
          400 | {"error":{"message":"x","code":190,"error_subcode":463,"fbtrace_id": | TOKEN_EXPIRED
          400 | {"error":{"message":"x","type":"OAuthException","code":19            | SERVER_ERROR
          """)
  void readsWhatIsLeftOfABrokenAnswer(int status, String body, ErrorCategory category) {
    assertThat(meaning(status, body).category()).isEqualTo(category);
  }

  @Test
  void seesTheErrorInsideABatchThatSucceeded() {
    // given
    String body =
        """
        [{"code":200,"body":"{\\"id\\":\\"1\\"}"},
         null,
         {"code":400,"body":"{\\"error\\":{\\"code\\":190,\\"error_subcode\\":463}}"},
         {"code":500,"body":"<html>"},
         {"code":200,"body":"{\\"data\\":["}]
        """;

    // when
    List<ErrorCategory> categories =
        GraphError.parseBatch(body).stream()
            .map(item -> item.map(error -> error.meaning().category()).orElse(null))
            .toList();

    // then
    assertThat(categories).containsExactly(null, TRANSIENT, TOKEN_EXPIRED, SERVER_ERROR, TRANSIENT);
  }

  @Test
  void cannotTellAMissingGrantFromAnAccountThatDoesNotExist() {
    String text = "(#200) Ad account owner has NOT grant ads_management or ads_read permission";

    assertThat(error(403, 200, null, text).meaning())
        .isEqualTo(error(400, 200, null, text).meaning())
        .extracting(Meaning::category)
        .isEqualTo(PERMISSION_MISSING);
  }

  @Test
  void asksForTheAssetWhenAnObjectCannotBeLoaded() {
    String text =
        "Unsupported post request. Object with ID 1 does not exist, cannot be loaded due to missing permissions, or does not support this operation.";

    assertThat(error(400, 100, null, text).meaning())
        .extracting(Meaning::category, Meaning::suspicion)
        .containsExactly(ASSET_UNAVAILABLE, Suspicion.ASSET);
  }

  @Test
  void takesTheCodeFromTheMessageWhereThereIsNoOther() {
    assertThat(meaning(400, "{\"error\":{\"message\":\"(#100) Missing permissions\"}}").category())
        .isEqualTo(PERMISSION_MISSING);
    assertThat(
            meaning(400, "{\"error\":{\"message\":\"(#17) User request limit reached\"}}")
                .category())
        .isEqualTo(RATE_LIMITED);
    assertThat(
            meaning(200, "{\"error\":{\"message\":\"(#-2) x\",\"error_subcode\":2490547}}")
                .category())
        .isEqualTo(TRANSIENT);
  }

  // ---- promises

  @ParameterizedTest
  @EnumSource(
      value = ErrorCategory.class,
      names = {"RATE_LIMITED", "TRANSIENT", "SERVER_ERROR", "BAD_REQUEST"})
  void neverSuspectsATokenForAThrottleAFaultOrABadRequest(ErrorCategory harmless) {
    assertThat(ErrorTaxonomy.RULES)
        .map(ErrorTaxonomy.Rule::meaning)
        .filteredOn(meaning -> meaning.category() == harmless)
        .isNotEmpty()
        .allMatch(meaning -> meaning.suspicion() == Suspicion.NONE && meaning.reason() == null);
  }

  @Test
  void alwaysSuspectsTheTokenOfADeadOne() {
    assertThat(ErrorTaxonomy.RULES)
        .map(ErrorTaxonomy.Rule::meaning)
        .filteredOn(meaning ->
            meaning.category() == TOKEN_EXPIRED || meaning.category() == TOKEN_INVALIDATED)
        .isNotEmpty()
        .allMatch(meaning -> meaning.suspicion() == Suspicion.TOKEN && meaning.reason() != null);
  }

  @Test
  void neverRepeatsAThrottledCallAndAlwaysMayRepeatAServerFault() {
    assertThat(ErrorTaxonomy.RULES)
        .map(ErrorTaxonomy.Rule::meaning)
        .allMatch(meaning -> meaning.category() != RATE_LIMITED || !meaning.worthRepeating())
        .allMatch(meaning -> meaning.category() != SERVER_ERROR || meaning.worthRepeating());
  }

  private static Meaning meaning(int status, String body) {
    return GraphError.parse(status, body).orElseThrow().meaning();
  }

  private static ErrorCategory categoryOf(int code) {
    return error(400, code, null, null).meaning().category();
  }

  private static GraphError error(int status, Integer code, Integer subcode, String message) {
    return new GraphError(
        status,
        GraphError.Form.ENVELOPE,
        code,
        subcode,
        "OAuthException",
        message,
        null,
        null,
        null,
        null);
  }

  @Test
  void aReportThatIsNotFoundJustAfterItWasBegunIsFoundLater() {
    GraphError gone =
        GraphError.parse(400, "{\"error\":{\"code\":100,\"error_subcode\":33}}").orElseThrow();
    GraphError wrong = GraphError.parse(400, "{\"error\":{\"code\":100}}").orElseThrow();

    assertThat(gone.meaning().category()).isEqualTo(ErrorCategory.ASSET_UNAVAILABLE);
    assertThat(gone.meaningOfNewReport().category()).isEqualTo(ErrorCategory.TRANSIENT);
    assertThat(gone.meaningOfNewReport().suspicion()).isEqualTo(Suspicion.NONE);
    assertThat(gone.meaningOfNewReport().worthRepeating()).isTrue();
    assertThat(wrong.meaningOfNewReport()).isEqualTo(wrong.meaning());
  }
}
