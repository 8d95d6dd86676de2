package io.tokenwarden.service;

/// The query parameter `limit` of a list. The other one is `after`: the `next` of the page before.
/// All lists take these two.
public final class PageLimit {
  private PageLimit() {}

  /// A limit as a caller wrote it.
  ///
  /// @param text null for the usual
  /// @throws io.quarkiverse.resteasy.problem.HttpProblem 400 if it is no number from 1 to `most`
  public static int of(String text, int usual, int most) {
    if (text == null) {
      return usual;
    }
    if (!text.matches("[0-9]{1,9}")
        || Integer.parseInt(text) < 1
        || Integer.parseInt(text) > most) {
      throw Problems.badRequest("limit is a number from 1 to " + most);
    }
    return Integer.parseInt(text);
  }
}
