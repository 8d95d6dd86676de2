package io.tokenwarden.cli.vault;

/// How the outcome is printed on stdout.
enum Format {
  TABLE,
  JSON
}
