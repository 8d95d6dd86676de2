package io.tokenwarden.testsupport.link;

/// Which way bytes go through a link.
public enum Direction {
  /// What whoever opened the connection sends.
  TO_SERVER,
  /// What is answered.
  TO_CLIENT
}
