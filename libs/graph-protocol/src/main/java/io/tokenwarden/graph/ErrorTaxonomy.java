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

import io.tokenwarden.graph.GraphError.Form;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// From Graph codes to meanings: one table, read from the top, the first rule that matches decides.
///
/// The order is the point. What is no envelope is judged by its form. Then pairs of code and
/// subcode, which are exact; then texts, in English only and only where the code alone is ambiguous
/// (every text is a refinement: in another language the code's own rule decides); then codes,
/// families of codes, Meta's own `is_transient`, and last the HTTP status, which Meta uses loosely:
/// a used-up quota is a 400 or a 403, an HTML page may be a 400 too.
///
/// See [Handle errors](https://developers.facebook.com/docs/graph-api/guides/error-handling) and
/// [Marketing API error codes](https://developers.facebook.com/docs/marketing-api/error-reference).
final class ErrorTaxonomy {

  // ---- the meanings, so that the table reads as a table

  private static final Meaning EXPIRED = dead(TOKEN_EXPIRED, ExpiredReason.EXPIRED);
  private static final Meaning UNUSED = dead(TOKEN_EXPIRED, ExpiredReason.UNUSED_90_DAYS);
  private static final Meaning PASSWORD_CHANGED =
      dead(TOKEN_INVALIDATED, ExpiredReason.PASSWORD_CHANGED);
  private static final Meaning APP_REMOVED = dead(TOKEN_INVALIDATED, ExpiredReason.APP_REMOVED);
  private static final Meaning LOGGED_OUT = dead(TOKEN_INVALIDATED, ExpiredReason.LOGGED_OUT);
  private static final Meaning REVOKED = dead(TOKEN_INVALIDATED, ExpiredReason.REVOKED);
  private static final Meaning SYSTEM_USER_LOST =
      dead(TOKEN_INVALIDATED, ExpiredReason.SYSTEM_USER_LOST);

  /// The token is kept: it works again once its owner has passed the check.
  private static final Meaning CHECKPOINT =
      meaning(BLOCKED, FailureScope.USER, Suspicion.TOKEN, Remedy.RESOLVE_CHECKPOINT);

  /// Meta cannot read the token. It may be the token, or the way it was sent: ask.
  private static final Meaning UNREADABLE_TOKEN =
      meaning(AUTH_ERROR, FailureScope.TOKEN, Suspicion.TOKEN, Remedy.RECONNECT);

  /// The token lives, but this call wants another kind of it.
  private static final Meaning WRONG_KIND_OF_TOKEN =
      meaning(BAD_REQUEST, FailureScope.REQUEST, Suspicion.NONE, Remedy.CHANGE_REQUEST);

  private static final Meaning APP_CREDENTIALS =
      meaning(AUTH_ERROR, FailureScope.APP, Suspicion.NONE, Remedy.CHECK_APP);
  private static final Meaning APP_GONE = APP_CREDENTIALS.suspecting(Suspicion.APP);
  private static final Meaning NO_TOKEN =
      meaning(AUTH_ERROR, FailureScope.REQUEST, Suspicion.NONE, Remedy.CHANGE_REQUEST);
  private static final Meaning SECOND_FACTOR =
      meaning(AUTH_ERROR, FailureScope.USER, Suspicion.NONE, Remedy.RESOLVE_CHECKPOINT);

  private static final Meaning NO_PERMISSION =
      meaning(PERMISSION_MISSING, FailureScope.TOKEN, Suspicion.PERMISSIONS, Remedy.GRANT_SCOPES);
  private static final Meaning NO_ROLE_ON_ASSET =
      meaning(PERMISSION_MISSING, FailureScope.ASSET, Suspicion.PERMISSIONS, Remedy.ASSIGN_ASSET);
  private static final Meaning APP_NOT_ALLOWED =
      meaning(PERMISSION_MISSING, FailureScope.APP, Suspicion.NONE, Remedy.CHECK_APP);
  private static final Meaning TERMS_NOT_ACCEPTED =
      meaning(PERMISSION_MISSING, FailureScope.AD_ACCOUNT, Suspicion.NONE, Remedy.WAIT_OR_RESOLVE);

  private static final Meaning NO_SUCH_ASSET =
      meaning(ASSET_UNAVAILABLE, FailureScope.ASSET, Suspicion.ASSET, Remedy.ASSIGN_ASSET);

  private static final Meaning LIMIT_OF_APP = limit(FailureScope.APP);
  private static final Meaning LIMIT_OF_USER = limit(FailureScope.USER);
  private static final Meaning LIMIT_OF_AD_ACCOUNT = limit(FailureScope.AD_ACCOUNT);
  private static final Meaning LIMIT_OF_ASSET = limit(FailureScope.ASSET);

  private static final Meaning POLICY_BLOCK =
      meaning(BLOCKED, FailureScope.USER, Suspicion.BLOCK, Remedy.WAIT_OR_RESOLVE);
  private static final Meaning BLOCKED_HERE = POLICY_BLOCK.suspecting(Suspicion.NONE);
  private static final Meaning APP_BLOCKED =
      meaning(BLOCKED, FailureScope.APP, Suspicion.APP, Remedy.CHECK_APP);

  private static final Meaning PASSING =
      meaning(TRANSIENT, FailureScope.META, Suspicion.NONE, Remedy.RETRY_LATER);
  private static final Meaning TOO_MUCH_AT_ONCE =
      meaning(TRANSIENT, FailureScope.REQUEST, Suspicion.NONE, Remedy.REQUEST_LESS);
  private static final Meaning NOT_UNDERSTANDABLE =
      meaning(SERVER_ERROR, FailureScope.META, Suspicion.NONE, Remedy.RETRY_LATER);
  private static final Meaning WRONG_REQUEST =
      meaning(BAD_REQUEST, FailureScope.REQUEST, Suspicion.NONE, Remedy.CHANGE_REQUEST);

  static final List<Rule> RULES =
      List.of(
          // ---- no envelope: its form decides
          form(Form.UNANSWERED, PASSING),
          rule(
              "truncated, HTTP 2xx",
              e -> e.form() == Form.TRUNCATED && e.httpStatus() / 100 == 2,
              PASSING),
          rule("no JSON, HTTP 429", e -> noJson(e) && e.httpStatus() == 429, LIMIT_OF_APP),
          rule("no JSON", ErrorTaxonomy::noJson, NOT_UNDERSTANDABLE),

          // ---- pairs: the access token (190, and 102 which shares its subcodes)
          token(452, UNREADABLE_TOKEN),
          token(456, UNREADABLE_TOKEN),
          token(457, UNREADABLE_TOKEN),
          token(458, APP_REMOVED),
          token(459, CHECKPOINT),
          token(460, PASSWORD_CHANGED),
          token(461, REVOKED),
          token(462, REVOKED),
          token(463, EXPIRED),
          token(464, CHECKPOINT),
          token(465, SYSTEM_USER_LOST),
          token(466, REVOKED),
          token(467, LOGGED_OUT),
          token(468, UNUSED),
          token(490, CHECKPOINT),
          token(492, NO_ROLE_ON_ASSET),
          token(493, UNUSED),
          token(2069032, WRONG_KIND_OF_TOKEN),

          // ---- pairs: everything else
          pair(1, 99, PASSING),
          pair(1, 2853001, NO_ROLE_ON_ASSET),
          pair(2, 1504038, TOO_MUCH_AT_ONCE),
          pair(2, 1504041, WRONG_REQUEST),
          pair(2, 1504042, WRONG_REQUEST),
          pair(2, 1504044, TOO_MUCH_AT_ONCE),
          pair(-1, 4279047, WRONG_REQUEST),
          pair(-2, 2490547, PASSING),
          pair(-3, 1504045, TOO_MUCH_AT_ONCE),
          pair(4, 1504022, LIMIT_OF_APP),
          pair(4, 1504039, LIMIT_OF_APP),
          pair(4, 2207051, POLICY_BLOCK),
          pair(10, 1341012, NO_ROLE_ON_ASSET),
          pair(10, 2332002, NO_PERMISSION),
          pair(17, 1349172, LIMIT_OF_APP),
          pair(17, 1885172, LIMIT_OF_AD_ACCOUNT),
          pair(17, 2446079, LIMIT_OF_AD_ACCOUNT),
          pair(25, 2207050, BLOCKED_HERE.inScope(FailureScope.ASSET)),
          pair(100, 33, NO_SUCH_ASSET),
          pair(100, 1359101, NO_SUCH_ASSET.inScope(FailureScope.AD_ACCOUNT)),
          pair(100, 1487390, LIMIT_OF_AD_ACCOUNT),
          pair(100, 1487534, TOO_MUCH_AT_ONCE),
          pair(100, 1504018, TOO_MUCH_AT_ONCE),
          pair(100, 3686001, BLOCKED_HERE.inScope(FailureScope.REQUEST)),
          pair(200, 1870034, TERMS_NOT_ACCEPTED),
          pair(200, 1870047, TERMS_NOT_ACCEPTED),
          pair(200, 2069030, WRONG_REQUEST),
          pair(613, 1996, LIMIT_OF_USER),
          pair(613, 1487632, LIMIT_OF_AD_ACCOUNT),
          pair(613, 1487742, LIMIT_OF_AD_ACCOUNT),
          pair(613, 5044001, LIMIT_OF_AD_ACCOUNT),
          rule("1487851 alone", e -> e.codeSaysNothing() && e.hasSubcode(1487851), POLICY_BLOCK),

          // ---- texts: 190 says many things; first the ones that leave the token alive
          text(
              190,
              "must be granted before impersonating",
              NO_ROLE_ON_ASSET.remediedBy(Remedy.GRANT_SCOPES)),
          text(190, "must be an administrator of the page", NO_ROLE_ON_ASSET),
          text(190, "page access token", WRONG_KIND_OF_TOKEN),
          text(190, "^application secret required", APP_CREDENTIALS),
          text(190, "checkpoint|not a confirmed user|log in to www\\.facebook\\.com", CHECKPOINT),
          text(
              190,
              "^(error validating access token: )?(the |your )?(session|access token) (has |is )?expired",
              EXPIRED),
          text(
              190,
              "changed (the|their) password|changed the session for security",
              PASSWORD_CHANGED),
          text(190, "logged out", LOGGED_OUT),
          text(190, "not authorized application", APP_REMOVED),
          text(190, "not belong to (the )?system user", SYSTEM_USER_LOST),
          text(190, "session (has been invalidated|is invalid)", REVOKED),

          // ---- texts: the other codes that mean several things
          text(1, "^error validating client secret", APP_CREDENTIALS),
          text(1, "reduce the amount of data", TOO_MUCH_AT_ONCE),
          text(2, "reduce the amount of data", TOO_MUCH_AT_ONCE),
          text(10, "^the user is not an instagram business", WRONG_REQUEST),
          text(100, "reduce the amount of data", TOO_MUCH_AT_ONCE),
          text(100, "^cannot include .* in summary param", PASSING),
          text(100, "appsecret_proof", APP_CREDENTIALS),
          text(100, "^(unsupported \\w+ request\\. )?object with id ", NO_SUCH_ASSET),
          text(
              100,
              "^missing permissions|cannot be loaded due to missing permission",
              NO_PERMISSION),
          text(200, "^api access (blocked|deactivated|disabled)", APP_BLOCKED),
          text(200, "temporarily disabled for non-active apps", APP_BLOCKED),
          text(368, "someone may have tried to access your account", POLICY_BLOCK),

          // ---- codes
          code(1, PASSING),
          code(2, PASSING),
          code(3, APP_NOT_ALLOWED),
          code(4, LIMIT_OF_APP),
          code(10, NO_PERMISSION),
          code(12, WRONG_REQUEST),
          code(15, NO_TOKEN),
          code(17, LIMIT_OF_USER),
          code(25, BLOCKED_HERE.inScope(FailureScope.ASSET)),
          code(32, LIMIT_OF_USER),
          code(100, WRONG_REQUEST),
          code(101, APP_GONE),
          code(102, UNREADABLE_TOKEN),
          code(104, APP_CREDENTIALS),
          code(190, UNREADABLE_TOKEN),
          code(270, APP_NOT_ALLOWED),
          code(341, LIMIT_OF_APP),
          code(368, POLICY_BLOCK),
          code(415, SECOND_FACTOR),
          code(459, CHECKPOINT),
          code(464, CHECKPOINT),
          code(490, CHECKPOINT),
          code(506, WRONG_REQUEST),
          code(613, LIMIT_OF_AD_ACCOUNT),
          code(803, NO_SUCH_ASSET),
          code(960, PASSING),
          code(2500, NO_TOKEN),
          code(2635, WRONG_REQUEST.remediedBy(Remedy.CHECK_APP)),
          code(2642, WRONG_REQUEST),
          code(3000, NO_ROLE_ON_ASSET),
          code(3018, WRONG_REQUEST),
          code(3962, NO_ROLE_ON_ASSET),
          code(3979, NO_ROLE_ON_ASSET),
          code(3980, NO_ROLE_ON_ASSET),
          code(80000, LIMIT_OF_AD_ACCOUNT),
          code(80003, LIMIT_OF_AD_ACCOUNT),
          code(80004, LIMIT_OF_AD_ACCOUNT),
          code(1487225, LIMIT_OF_AD_ACCOUNT),
          code(1487851, POLICY_BLOCK),
          code(1609005, WRONG_REQUEST),

          // ---- families
          codes(200, 299, NO_PERMISSION),
          codes(2650, 2659, WRONG_REQUEST),
          codes(80000, 80099, LIMIT_OF_ASSET),
          codes(Integer.MIN_VALUE, -1, PASSING),

          // ---- what is left
          rule("is_transient", e -> Objects.equals(e.isTransient(), true), PASSING),
          rule("HTTP 429", e -> e.httpStatus() == 429, LIMIT_OF_APP),
          rule("HTTP 5xx", e -> e.httpStatus() >= 500, NOT_UNDERSTANDABLE),
          rule("anything", _ -> true, WRONG_REQUEST));

  private ErrorTaxonomy() {}

  static Meaning meaningOf(GraphError error) {
    return ruleFor(error).meaning();
  }

  static Meaning meaningOfNewReport(GraphError error) {
    Meaning meaning = meaningOf(error);
    return meaning.equals(NO_SUCH_ASSET) ? PASSING : meaning;
  }

  static Rule ruleFor(GraphError error) {
    return RULES.stream().filter(rule -> rule.matches(error)).findFirst().orElseThrow();
  }

  /// One line of the table.
  record Rule(String name, Predicate<GraphError> condition, Meaning meaning) {

    boolean matches(GraphError error) {
      return condition.test(error);
    }
  }

  private static Rule rule(String name, Predicate<GraphError> condition, Meaning meaning) {
    return new Rule(name, condition, meaning);
  }

  private static Rule form(Form form, Meaning meaning) {
    return rule(form.name(), e -> e.form() == form, meaning);
  }

  private static Rule pair(int code, int subcode, Meaning meaning) {
    return rule(code + "/" + subcode, e -> e.is(code, subcode), meaning);
  }

  private static Rule token(int subcode, Meaning meaning) {
    return rule(
        "190/" + subcode,
        e -> e.hasSubcode(subcode) && (e.hasCode(190) || e.hasCode(102) || e.codeSaysNothing()),
        meaning);
  }

  private static Rule text(int code, String pattern, Meaning meaning) {
    Pattern words = Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
    return rule(
        code + " with \"" + pattern + "\"",
        e -> (e.hasCode(code) || e.code() == null) && words.matcher(e.text()).find(),
        meaning);
  }

  private static Rule code(int code, Meaning meaning) {
    return rule(String.valueOf(code), e -> e.hasCode(code), meaning);
  }

  private static Rule codes(int first, int last, Meaning meaning) {
    return rule(
        first + ".." + last,
        e -> e.code() != null && e.code() >= first && e.code() <= last,
        meaning);
  }

  private static boolean noJson(GraphError e) {
    return e.form() == Form.NOT_JSON || e.form() == Form.TRUNCATED;
  }

  private static Meaning meaning(
      ErrorCategory category, FailureScope scope, Suspicion suspicion, Remedy remedy) {
    return new Meaning(category, scope, suspicion, remedy, null);
  }

  private static Meaning dead(ErrorCategory category, ExpiredReason reason) {
    return new Meaning(category, FailureScope.TOKEN, Suspicion.TOKEN, Remedy.RECONNECT, reason);
  }

  private static Meaning limit(FailureScope scope) {
    return meaning(RATE_LIMITED, scope, Suspicion.NONE, Remedy.RETRY_LATER);
  }
}
