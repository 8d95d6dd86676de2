package io.tokenwarden.auth.handle;

import io.tokenwarden.contracts.ConnectionId;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;

/// Calls that graph-gateway refused because their caller may not do that, and that are alike.
///
/// @param what a name, such as `BEYOND_REACH`
/// @param handleId null if none was shown that we gave out
/// @param subject of a bearer that was shown; null for none
/// @param connectionId that it was about; null where that follows from the handle, or is not known
/// @param times how many
record RefusedCall(
    String what,
    UUID handleId,
    String subject,
    ConnectionId connectionId,
    int times,
    Instant since,
    Instant until) {
  private static final Pattern NAME = Pattern.compile("[A-Z_]{1,40}");
  private static final Pattern SUBJECT = Pattern.compile("[\\x21-\\x7e]{1,200}");

  boolean isPlausible() {
    return what != null
        && NAME.matcher(what).matches()
        && (subject == null || SUBJECT.matcher(subject).matches())
        && times > 0
        && since != null
        && until != null;
  }
}
