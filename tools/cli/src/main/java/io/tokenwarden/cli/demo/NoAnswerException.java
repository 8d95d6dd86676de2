package io.tokenwarden.cli.demo;

/// Somebody who was asked over the network did not answer, or refused. The message names who, and
/// never a query string.
final class NoAnswerException extends RuntimeException {

  private static final long serialVersionUID = 1;

  NoAnswerException(String message) {
    super(message);
  }

  NoAnswerException(String message, Throwable cause) {
    super(message, cause);
  }
}
