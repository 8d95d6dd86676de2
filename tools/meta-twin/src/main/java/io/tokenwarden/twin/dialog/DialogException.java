package io.tokenwarden.twin.dialog;

/// The app's request is one Meta shows an error page for; the message is on it.
final class DialogException extends RuntimeException {

  private static final long serialVersionUID = 1;

  DialogException(String message) {
    super(message, null, false, false);
  }
}
