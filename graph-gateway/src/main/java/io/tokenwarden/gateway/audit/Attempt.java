package io.tokenwarden.gateway.audit;

import io.tokenwarden.contracts.ConnectionId;
import java.util.UUID;
import java.util.regex.Pattern;

/// Something that was tried, and by whom as far as that is known. Nothing a stranger makes up
/// stands in it.
///
/// @param handleId null if none was shown that auth-service knows
/// @param subject of the bearer, in the letters that the audit log takes; null if none was shown
///   that the issuer signed
/// @param connectionId that a service called for; null if it is not known, or follows from the
///   handle
public record Attempt(Overreach what, UUID handleId, String subject, ConnectionId connectionId) {

  private static final int LONGEST_SUBJECT = 200;
  private static final Pattern OTHER_LETTER = Pattern.compile("[^\\x21-\\x7e]");

  public Attempt {
    subject = subject == null || subject.isEmpty() ? null : plain(subject);
  }

  /// Issuers may name people as they like. One name that auth-service did not take would keep the
  /// whole report from being taken, again and again.
  private static String plain(String subject) {
    String shown = subject.substring(0, Math.min(subject.length(), LONGEST_SUBJECT));
    return OTHER_LETTER.matcher(shown).replaceAll("_");
  }

  Attempt ofAnybody() {
    return new Attempt(what, null, null, null);
  }
}
