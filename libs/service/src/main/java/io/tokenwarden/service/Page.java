package io.tokenwarden.service;

import java.util.List;

/// A list as every service answers it.
///
/// @param next what to ask with for the following page; null on the last one
public record Page<T>(List<T> items, String next) {
  public Page {
    items = List.copyOf(items);
  }

  /// The whole list in one page.
  public static <T> Page<T> of(List<T> items) {
    return new Page<>(items, null);
  }
}
