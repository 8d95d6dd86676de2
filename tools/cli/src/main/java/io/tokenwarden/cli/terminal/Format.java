package io.tokenwarden.cli.terminal;

/// How the outcome is printed on stdout.
enum Format {
  /// In words.
  TABLE,
  JSON,
  YAML
}
