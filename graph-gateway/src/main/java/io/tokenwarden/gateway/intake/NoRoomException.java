package io.tokenwarden.gateway.intake;

/// The disk holds as many uploads as it may.
final class NoRoomException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NoRoomException() {
    super("No room for this upload", null, false, false);
  }
}
