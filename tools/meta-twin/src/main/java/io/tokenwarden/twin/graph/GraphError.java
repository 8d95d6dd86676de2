package io.tokenwarden.twin.graph;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenwarden.twin.limits.Quota;
import io.tokenwarden.twin.world.Checkpoint;
import io.tokenwarden.twin.world.DeathCause;
import io.tokenwarden.twin.world.IssuedToken;
import io.tokenwarden.twin.world.MetaApp;
import io.tokenwarden.twin.world.PolicyBlock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// An error as Meta words it, with the status it comes with.
///
/// @param code null where Meta gives none, as the subcode
/// @param challenge the error name in `WWW-Authenticate`
/// @param isTransient what Meta says of it, which is not always so; null where it says nothing
record GraphError(
    int status,
    Integer code,
    Integer subcode,
    String type,
    String message,
    String challenge,
    Boolean isTransient) {

  private static final String OAUTH = "OAuthException";
  private static final String METHOD = "GraphMethodException";
  private static final String INVALID_TOKEN = "invalid_token";
  private static final String INVALID_REQUEST = "invalid_request";
  private static final String INVALID_CODE = "invalid_code";

  private static final String VALIDATING = "Error validating access token: ";
  private static final String UNKNOWN_PATH = "Unknown path components: /";
  private static final String UNUSED =
      "The access token is invalid since the user hasn't engaged the app in longer than 90 days.";

  private static final DateTimeFormatter MENLO_PARK =
      DateTimeFormatter.ofPattern("EEEE, dd-MMM-yy HH:mm:ss zzz", Locale.US)
          .withZone(ZoneId.of("America/Los_Angeles"));

  GraphError(
      int status, Integer code, Integer subcode, String type, String message, String challenge) {
    this(status, code, subcode, type, message, challenge, null);
  }

  static GraphError noToken() {
    return badRequest(
        2500, "An active access token must be used to query information about the current user.");
  }

  /// Meta answers 401 instead of 400 where such a token came in the `Authorization` header.
  static GraphError unknownToken(boolean bearer) {
    return new GraphError(
        bearer ? 401 : 400,
        190,
        null,
        OAUTH,
        "Invalid OAuth access token - Cannot parse access token",
        INVALID_TOKEN);
  }

  static GraphError deadToken(IssuedToken token, DeathCause cause, Instant now) {
    return invalidToken(cause.subcode(), obituary(token, cause, now));
  }

  private static String obituary(IssuedToken token, DeathCause cause, Instant now) {
    return switch (cause) {
      case APP_REMOVED ->
          VALIDATING + "The user has not authorized application " + token.appId() + ".";
      case PASSWORD_CHANGED ->
          VALIDATING
              + "The session has been invalidated because the user changed their password or"
              + " Facebook has changed the session for security reasons.";
      case EXPIRED ->
          VALIDATING
              + "Session has expired on %s. The current time is %s."
                  .formatted(MENLO_PARK.format(token.expiresAt()), MENLO_PARK.format(now));
      case SYSTEM_USER_LOST ->
          VALIDATING
              + "The application does not belong to system user's business or its aggregators's"
              + " business.";
      case REVOKED -> VALIDATING + "The session was invalidated explicitly using an API call.";
      case LOGGED_OUT -> VALIDATING + "The session is invalid because the user logged out.";
      case LONG_ABSENCE ->
          VALIDATING
              + "The session has been invalidated because the user has not used the application"
              + " for a long time.";
      case UNUSED_90_DAYS -> UNUSED;
      case SECRET_RESET -> "Invalid OAuth access token signature.";
    };
  }

  /// The token lives; what was granted with it is no longer the app's to see.
  static GraphError dataAccessOver() {
    return invalidToken(DeathCause.UNUSED_90_DAYS.subcode(), UNUSED);
  }

  /// The same tokens are valid to an inspection.
  static GraphError disputed() {
    return invalidToken(
        DeathCause.LOGGED_OUT.subcode(),
        VALIDATING + "This may be because the user logged out or may be due to a system error.");
  }

  /// The person no longer has the role that a page token speaks from.
  static GraphError pageRoleLost() {
    return invalidToken(
        492,
        VALIDATING
            + "The user must be an administrator, editor, or moderator of the page in order to"
            + " impersonate it. If the page business requires Two Factor Authentication, the user"
            + " also needs to enable Two Factor Authentication.");
  }

  /// A person may not write. Meta says so in the words of a throttle where it blocks an action.
  static GraphError blocked(PolicyBlock.Kind kind) {
    return switch (kind) {
      case POLICY ->
          badRequest(
              368, "The action attempted has been deemed abusive or is otherwise disallowed");
      case ACTION ->
          new GraphError(
              400, 4, 2207051, OAUTH, "Application request limit reached", INVALID_REQUEST);
    };
  }

  /// A quota is used up. 429 is a status Meta does not use.
  static GraphError throttled(Quota quota) {
    return switch (quota) {
      case Quota.OfApp _ -> throttled(403, 4, null, "(#4) Application request limit reached");
      case Quota.OfUser _ -> throttled(400, 17, null, "(#17) User request limit reached");
      case Quota.OfAccount account -> tooManyCalls(account.useCase());
    };
  }

  private static GraphError tooManyCalls(Quota.UseCase useCase) {
    var code =
        switch (useCase) {
          case ADS_INSIGHTS -> 80000;
          case ADS_MANAGEMENT -> 80004;
        };
    return throttled(
        400,
        code,
        2446079,
        "(#%d) There have been too many calls from this ad-account. Wait a bit and try again."
            .formatted(code));
  }

  private static GraphError throttled(int status, int code, Integer subcode, String message) {
    return new GraphError(status, code, subcode, OAUTH, message, INVALID_REQUEST, true);
  }

  /// A token of another app than the one that asks for something to be done with it.
  static GraphError notIssuedTo(MetaApp app) {
    return invalidToken(
        null, VALIDATING + "The session was not created for application " + app.id() + ".");
  }

  private static GraphError invalidToken(Integer subcode, String message) {
    return new GraphError(400, 190, subcode, OAUTH, message, INVALID_TOKEN);
  }

  /// The token lives; who holds it has to do something first.
  static GraphError checkpoint(Checkpoint checkpoint) {
    var instruction =
        switch (checkpoint) {
          case LOGIN ->
              "You cannot access the app till you log in to www.facebook.com and follow the"
                  + " instructions given.";
          case UNCONFIRMED ->
              "Sessions for the user are not allowed because the user is not a confirmed user.";
          case BLOCKING -> "The user is enrolled in a blocking, logged-in checkpoint";
        };
    return invalidToken(checkpoint.subcode(), VALIDATING + instruction);
  }

  static GraphError appBlocked() {
    return badRequest(200, "API access blocked.");
  }

  static GraphError wrongProof() {
    return new GraphError(
        400,
        100,
        null,
        METHOD,
        "Invalid appsecret_proof provided in the API argument",
        INVALID_REQUEST);
  }

  static GraphError unknownApp() {
    return badRequest(
        101, "Error validating application. Cannot get application info due to a system error.");
  }

  static GraphError wrongSecret() {
    return badRequest(1, "Error validating client secret.");
  }

  static GraphError missing(int code, String parameter) {
    return badRequest(code, "Missing %s parameter.".formatted(parameter));
  }

  static GraphError unknownGrantType(String grantType) {
    return badRequest(1, "Unsupported grant_type: " + grantType);
  }

  static GraphError codeUsed() {
    return code(36009, "This authorization code has been used.");
  }

  static GraphError codeExpired() {
    return code(36007, "This authorization code has expired.");
  }

  static GraphError codeUnknown() {
    return code(null, "Invalid verification code format.");
  }

  static GraphError redirectDiffers() {
    return code(
        36008,
        "Error validating verification code. Please make sure your redirect_uri is identical to the"
            + " one you used in the OAuth dialog request");
  }

  static GraphError verifierWrong() {
    return code(null, "Error validating verification code. The code_verifier is not valid.");
  }

  private static GraphError code(Integer subcode, String message) {
    return new GraphError(400, 100, subcode, OAUTH, message, INVALID_CODE);
  }

  static GraphError appTokenNeeded() {
    return invalidParameter(
        "You must provide an app access token, or a user access token that is an owner or"
            + " developer of the app");
  }

  static GraphError tokenOfAnotherApp() {
    return invalidParameter("The App_id in the input_token did not match the Viewing App");
  }

  static GraphError invalidParameter(String message) {
    return badRequest(100, "(#100) " + message);
  }

  static GraphError unknownField(String field, String nodeType) {
    return invalidParameter(
        "Tried accessing nonexisting field (%s) on node type (%s)".formatted(field, nodeType));
  }

  static GraphError unknownField(String field) {
    return invalidParameter("Tried accessing nonexisting field (%s)".formatted(field));
  }

  static GraphError permissionNeeded(String permissions) {
    return new GraphError(
        403,
        200,
        null,
        OAUTH,
        "(#200) Requires %s permission to manage the object".formatted(permissions),
        INVALID_REQUEST);
  }

  /// The same words for an account of somebody else and for one that does not exist.
  static GraphError adAccountOutOfReach() {
    return new GraphError(
        403,
        200,
        null,
        OAUTH,
        "(#200) Ad account owner has NOT grant ads_management or ads_read permission",
        INVALID_REQUEST);
  }

  static GraphError unknownObject(String method, String id) {
    return new GraphError(
        400,
        100,
        33,
        METHOD,
        ("Unsupported %s request. Object with ID '%s' does not exist, cannot be loaded due to"
                + " missing permissions, or does not support this operation. Please read the Graph"
                + " API documentation at https://developers.facebook.com/docs/graph-api")
            .formatted(method.toLowerCase(Locale.ROOT), id),
        INVALID_REQUEST);
  }

  static GraphError unknownAlias(String alias) {
    return new GraphError(
        404,
        803,
        null,
        OAUTH,
        "(#803) Some of the aliases you requested do not exist: " + alias,
        INVALID_REQUEST);
  }

  static GraphError batchTooLarge(int most) {
    return batch("Too many requests in batch message. Maximum batch size is " + most);
  }

  /// An operation of a batch needs the result of one that failed, or of none. How Meta words this
  /// is not recorded.
  static GraphError dependencyFailed() {
    return batch("The operation depends on a result that is not there");
  }

  private static GraphError batch(String message) {
    return new GraphError(400, null, null, "GraphBatchException", message, INVALID_REQUEST);
  }

  static GraphError unknownPath(String path) {
    return badRequest(2500, UNKNOWN_PATH + path);
  }

  static GraphError invalidCursor() {
    return badRequest(2642, "(#2642) Invalid cursors values");
  }

  static GraphError tooLongAgo() {
    return badRequest(
        3018,
        "(#3018) The start date of the time range cannot be beyond 37 months from the current"
            + " date");
  }

  static GraphError unknown() {
    return new GraphError(500, 1, null, OAUTH, "An unknown error has occurred.", INVALID_REQUEST);
  }

  private static GraphError badRequest(int code, String message) {
    return new GraphError(400, code, null, OAUTH, message, INVALID_REQUEST);
  }

  boolean isUnknownPath() {
    return message.startsWith(UNKNOWN_PATH);
  }

  ObjectNode envelope(String traceId) {
    var envelope = JsonNodeFactory.instance.objectNode();
    var error = envelope.putObject("error").put("message", message).put("type", type);
    if (isTransient != null) {
      error.put("is_transient", isTransient);
    }
    if (code != null) {
      error.put("code", code);
    }
    if (subcode != null) {
      error.put("error_subcode", subcode);
    }
    error.put("fbtrace_id", traceId);
    return envelope;
  }

  /// Meta's own format, which is not that of RFC 7235.
  String wwwAuthenticate() {
    return "OAuth \"Facebook Platform\" \"%s\" \"%s\"".formatted(challenge, message);
  }
}
