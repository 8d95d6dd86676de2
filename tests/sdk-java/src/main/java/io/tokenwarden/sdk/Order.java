package io.tokenwarden.sdk;

import java.nio.file.Path;
import java.util.Map;

/// What the suite is to do, from the environment of its process.
///
/// @param graph the address in place of Meta's
/// @param handle the access token
/// @param adAccount its digits
/// @param since first day of the insights, as `YYYY-MM-DD`
/// @param until last day of the insights
/// @param image to upload
/// @param report where to write down what came of it
record Order(
    String graph,
    String handle,
    String adAccount,
    String since,
    String until,
    Path image,
    Path report) {

  static Order of(Map<String, String> environment) {
    return new Order(
        given(environment, "SUITE_GRAPH"),
        given(environment, "SUITE_HANDLE"),
        given(environment, "SUITE_AD_ACCOUNT"),
        given(environment, "SUITE_SINCE"),
        given(environment, "SUITE_UNTIL"),
        Path.of(given(environment, "SUITE_IMAGE")),
        Path.of(given(environment, "SUITE_REPORT")));
  }

  private static String given(Map<String, String> environment, String name) {
    var value = environment.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is not set");
    }
    return value;
  }

  @Override
  public String toString() {
    return "Order[" + graph + ", act_" + adAccount + "]";
  }
}
