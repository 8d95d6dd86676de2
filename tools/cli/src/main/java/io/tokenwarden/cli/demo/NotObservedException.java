package io.tokenwarden.cli.demo;

/// What the story says did not come to be in time; the message is what was seen instead.
final class NotObservedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  NotObservedException(String seenInstead) {
    super(seenInstead);
  }
}
