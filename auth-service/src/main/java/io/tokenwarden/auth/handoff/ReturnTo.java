package io.tokenwarden.auth.handoff;

import io.tokenwarden.service.Problems;
import java.util.regex.Pattern;

/// Where the browser goes after the dance: a path on our own origin and nothing else, or the
/// handoff would be an open redirect.
record ReturnTo(String path) {
  private static final ReturnTo CONSOLE = new ReturnTo("/");
  private static final Pattern FORM = Pattern.compile("/(?![/\\\\])[A-Za-z0-9/_.,~%?&=#+-]{0,500}");

  /// @param text null means the console
  /// @throws io.quarkiverse.resteasy.problem.HttpProblem 400 if it leaves our origin
  static ReturnTo of(String text) {
    if (text == null || text.isEmpty()) {
      return CONSOLE;
    }
    if (!FORM.matcher(text).matches()) {
      throw Problems.badRequest("returnTo is a path on this origin, such as /connections");
    }
    return new ReturnTo(text);
  }
}
