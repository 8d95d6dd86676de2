package io.tokenwarden.gateway.answer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenwarden.contracts.Reason;
import io.tokenwarden.gateway.audit.Overreach;
import io.tokenwarden.gateway.quota.Leave.Held;
import io.tokenwarden.graph.ErrorCategory;
import io.tokenwarden.graph.Remedy;
import io.tokenwarden.graph.quota.QuotaKind;
import io.tokenwarden.graph.quota.QuotaScope;
import io.tokenwarden.graph.quota.Throttle;
import java.time.Duration;

/// An answer the gateway gives by itself, in Graph's own words, so that SDKs understand it. Its
/// code is one that Meta uses for the same thing: whoever classifies the body comes to the same
/// category as stands in the header.
///
/// @param subcode null for none
/// @param message for a person; names no credential and no address
/// @param retryAfter null where waiting does not help
/// @param overreach null unless it is refused because the caller may not do it
public record Refusal(
    int status,
    int code,
    Integer subcode,
    ErrorCategory category,
    Remedy remedy,
    String message,
    Duration retryAfter,
    Overreach overreach) {

  public Refusal(
      int status,
      int code,
      Integer subcode,
      ErrorCategory category,
      Remedy remedy,
      String message,
      Duration retryAfter) {
    this(status, code, subcode, category, remedy, message, retryAfter, null);
  }

  /// The same, as something the caller may not do.
  public Refusal of(Overreach what) {
    return new Refusal(status, code, subcode, category, remedy, message, retryAfter, what);
  }

  public static Refusal malformed(String why) {
    return new Refusal(400, 100, null, ErrorCategory.BAD_REQUEST, Remedy.CHANGE_REQUEST, why, null);
  }

  public static Refusal tooLarge(long most) {
    return new Refusal(
        413,
        100,
        null,
        ErrorCategory.BAD_REQUEST,
        Remedy.CHANGE_REQUEST,
        "A body has at most %d bytes".formatted(most),
        null);
  }

  /// Nobody may call like this, or this caller may not.
  public static Refusal forbidden(Overreach what, String why) {
    return new Refusal(
        403, 100, null, ErrorCategory.BAD_REQUEST, Remedy.CHANGE_REQUEST, why, null, what);
  }

  /// The caller is unknown to us.
  public static Refusal unauthenticated() {
    return unauthenticated("A handle or a bearer token of this gateway is needed");
  }

  /// There is no such handle, or it is revoked or over; which of these is not told.
  public static Refusal worthlessHandle() {
    return unauthenticated("This handle opens nothing").of(Overreach.WORTHLESS_HANDLE);
  }

  private static Refusal unauthenticated(String message) {
    return new Refusal(
        401, 2500, null, ErrorCategory.AUTH_ERROR, Remedy.CHANGE_REQUEST, message, null);
  }

  /// The caller is known, and may not call Graph.
  public static Refusal unauthorised() {
    return new Refusal(
        403,
        15,
        null,
        ErrorCategory.AUTH_ERROR,
        Remedy.CHANGE_REQUEST,
        "This bearer token may not call Graph",
        null,
        Overreach.NO_SERVICE);
  }

  public static Refusal unknownConnection() {
    return new Refusal(
        404,
        100,
        null,
        ErrorCategory.BAD_REQUEST,
        Remedy.CHANGE_REQUEST,
        "There is no such connection",
        null);
  }

  /// The token is dead, and that is known: Meta is not asked.
  ///
  /// @param reason null where the connection was ended rather than its token
  public static Refusal dead(Reason reason) {
    boolean expired = reason == Reason.EXPIRED || reason == Reason.UNUSED_90_DAYS;
    return new Refusal(
        400,
        190,
        subcode(reason),
        expired ? ErrorCategory.TOKEN_EXPIRED : ErrorCategory.TOKEN_INVALIDATED,
        Remedy.RECONNECT,
        "The token of this connection is no longer valid; it must be reconnected",
        null);
  }

  /// The Meta app of the connection is not configured here any more. That says nothing of the
  /// token.
  public static Refusal unknownApp() {
    return new Refusal(
        400,
        101,
        null,
        ErrorCategory.AUTH_ERROR,
        Remedy.CHECK_APP,
        "The Meta app of this connection is not configured any more",
        null);
  }

  /// The token waits for its owner at facebook.com.
  public static Refusal checkpoint() {
    return new Refusal(
        400,
        190,
        459,
        ErrorCategory.BLOCKED,
        Remedy.RESOLVE_CHECKPOINT,
        "The owner of this connection must log in at facebook.com and follow its instructions",
        null);
  }

  /// Meta turns away every call of the app. The tokens live; whoever runs the app must act, or
  /// wait.
  public static Refusal appBlocked() {
    return new Refusal(
        400,
        200,
        null,
        ErrorCategory.BLOCKED,
        Remedy.CHECK_APP,
        "API access blocked: Meta turns away the app of this connection",
        null);
  }

  /// As [#appBlocked()]. In other words: Meta's own for it must begin the message.
  public static Refusal writesOfBlockedApp() {
    return new Refusal(
        400,
        368,
        null,
        ErrorCategory.BLOCKED,
        Remedy.CHECK_APP,
        "Meta turns away the app of this connection",
        null);
  }

  /// Meta takes no changes from the owner of the connection for a while.
  ///
  /// @param retryAfter null if Meta does not say for how long
  public static Refusal blockedByMeta(Duration retryAfter) {
    return new Refusal(
        400,
        368,
        null,
        ErrorCategory.BLOCKED,
        Remedy.WAIT_OR_RESOLVE,
        "Meta takes no changes from the owner of this connection for now",
        retryAfter);
  }

  /// It reads, and may do no more.
  public static Refusal mayNotWrite() {
    return new Refusal(
        403,
        200,
        null,
        ErrorCategory.PERMISSION_MISSING,
        Remedy.GRANT_SCOPES,
        "This connection was not granted ads_management",
        null);
  }

  /// A write went out, and nothing came back. No time is said after which to repeat it: it may have
  /// been done.
  public static Refusal unknownOutcome(String why) {
    return new Refusal(
        503,
        2,
        null,
        ErrorCategory.TRANSIENT,
        Remedy.RETRY_LATER,
        why + ". Whether it was written is not known: look before you send it again",
        null);
  }

  /// The same, of a write: nothing was sent, and nothing is kept to be sent later.
  public Refusal ofWrite() {
    return new Refusal(
        status,
        code,
        subcode,
        category,
        remedy,
        "CONNECTION_BLOCKED: nothing was written. " + message,
        retryAfter);
  }

  /// The token is being asked about.
  public static Refusal quarantined(Duration retryAfter) {
    return transientFault("The token of this connection is being verified", retryAfter);
  }

  /// A quota is used up: Meta would turn the call away with this very error, and count it.
  public static Refusal held(Held held) {
    return usedUp(
        held.scope(),
        "Meta lets nobody ask more of this " + counted(held.scope().kind()) + " for now",
        held.left());
  }

  /// A quota is used up as far as we count it: Meta would turn the call away with this very error.
  public static Refusal usedUp(QuotaScope scope, Duration nextFree) {
    return usedUp(scope, "The quota " + scope.text() + " is used up", nextFree);
  }

  private static Refusal usedUp(QuotaScope scope, String message, Duration retryAfter) {
    var error = new Throttle(scope.kind(), scope.useCase()).code();
    return new Refusal(
        400,
        error.code(),
        error.subcode(),
        ErrorCategory.RATE_LIMITED,
        Remedy.RETRY_LATER,
        message,
        retryAfter);
  }

  private static String counted(QuotaKind kind) {
    return switch (kind) {
      case APP -> "app";
      case USER -> "person";
      case ACCOUNT, CHANGES, AD_CREATION, SPENDING_LIMIT -> "account";
      case BUDGET -> "ad set";
    };
  }

  /// Something we need does not answer: Meta, auth-service, or ourselves while starting.
  public static Refusal transientFault(String message, Duration retryAfter) {
    return new Refusal(
        503, 2, null, ErrorCategory.TRANSIENT, Remedy.RETRY_LATER, message, retryAfter);
  }

  /// Graph's error envelope.
  public String body() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode error = body.putObject("error");
    error.put("message", "(#" + code + ") " + message);
    error.put("type", "OAuthException");
    error.put("code", code);
    if (subcode != null) {
      error.put("error_subcode", subcode);
    }
    error.put("is_transient", category == ErrorCategory.TRANSIENT);
    return body.toString();
  }

  private static Integer subcode(Reason reason) {
    return switch (reason) {
      case EXPIRED -> 463;
      case PASSWORD_CHANGED -> 460;
      case APP_REMOVED -> 458;
      case SYSTEM_USER_LOST -> 465;
      case UNUSED_90_DAYS -> 493;
      case REVOKED -> 466;
      case LOGGED_OUT,
          UNVERIFIABLE,
          DATA_ACCESS_EXPIRED,
          VALIDATION_FAILED,
          NOT_ASSIGNED,
          DISABLED ->
          467;
      case null -> 466;
    };
  }
}
