package io.tokenwarden.gateway.request;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `{result=name:$.data.*.id}` in an item of a batch, for which Graph puts what came of another. It
/// does so in the text, before it takes parameters apart: whoever may choose what stands there may
/// add parameters. So only what Meta itself makes may be taken: ids and hashes.
final class Reference {

  static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  private static final Pattern WHOLE =
      Pattern.compile(
          "\\{result=[A-Za-z0-9_.-]{1,64}:\\$(?:\\.[A-Za-z0-9_*]{1,64}|\\[(?:\\d{1,4}|\\*)\\]){0,8}"
              + "\\.(?:id|account_id|campaign_id|adset_id|creative_id|video_id|report_run_id|hash)\\}");

  private Reference() {}

  static boolean isIn(String value) {
    return value.toLowerCase(Locale.ROOT).contains("{result");
  }

  /// @throws MalformedException if a value says anything like a reference and is none that passes
  static void mustPass(String value) {
    if (isIn(WHOLE.matcher(value).replaceAll(""))) {
      throw new MalformedException(
          "References in a batch take ids and hashes alone, as in {result=name:$.id}");
    }
  }

  /// The value as a form spells it, but for its references.
  static String encoded(String value) {
    if (!isIn(value)) {
      return GraphRequest.encoded(value);
    }
    StringBuilder encoded = new StringBuilder();
    Matcher reference = WHOLE.matcher(value);
    int at = 0;
    while (reference.find()) {
      encoded.append(GraphRequest.encoded(value.substring(at, reference.start())));
      encoded.append(reference.group());
      at = reference.end();
    }
    return encoded.append(GraphRequest.encoded(value.substring(at))).toString();
  }
}
