package io.tokenwarden.stack;

/// A stack cannot start; the message tells a person why and what to do.
public final class StackException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public StackException(String message) {
    super(message);
  }

  StackException(String message, Throwable cause) {
    super(message, cause);
  }
}
