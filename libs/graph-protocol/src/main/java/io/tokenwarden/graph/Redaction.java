package io.tokenwarden.graph;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// Takes credentials and people out of a text Meta sent, before it is kept, logged or handed on.
///
/// Meta's messages echo what was sent: `Malformed access token …`, addresses with their query, ids
/// of users. What is known exactly is removed exactly; beyond that, whatever looks like a
/// credential goes. It errs on the side of removing.
public final class Redaction {

  private static final String MASK = "****";

  /// `name=value` and `"name":"value"`, also URL-encoded and inside escaped JSON.
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)((?:access_token|appsecret_proof|client_secret|app_secret|fb_exchange_token|input_token"
              + "|revoke_token|code_verifier|signed_request)"
              + "(?:\\\\*\"?\\s*[=:]\\s*\\\\*\"?|%3D|%22%3A%22))[^&\\s\"'\\\\<>]+");

  private static final Pattern ECHOED = Pattern.compile("(?i)(malformed access token:? )\\S+");

  /// `app-id|app-secret`, the literal form of an app token.
  private static final Pattern APP_TOKEN = Pattern.compile("\\d{5,}(?:\\||%7C)[\\w-]{8,}");

  /// No name, id or trace of Meta's is an unbroken run of this length; tokens and proofs are
  /// longer.
  private static final Pattern LONG_RUN = Pattern.compile("[A-Za-z0-9_-]{40,}");

  private static final Pattern USER_ID = Pattern.compile("(?i)(\\buser )\\d{4,}");

  private Redaction() {}

  /// The text without these secrets, plain or URL-encoded, and without anything that looks like
  /// one.
  public static String redact(String text, Secret... known) {
    String redacted = text;
    for (Secret secret : known) {
      String value = secret.revealSecret();
      redacted =
          redacted
              .replace(value, MASK)
              .replace(URLEncoder.encode(value, StandardCharsets.US_ASCII), MASK);
    }
    redacted = NAMED.matcher(redacted).replaceAll("$1" + MASK);
    redacted = ECHOED.matcher(redacted).replaceAll("$1" + MASK);
    redacted = APP_TOKEN.matcher(redacted).replaceAll(MASK);
    redacted = LONG_RUN.matcher(redacted).replaceAll(MASK);
    return USER_ID.matcher(redacted).replaceAll("$1" + MASK);
  }
}
