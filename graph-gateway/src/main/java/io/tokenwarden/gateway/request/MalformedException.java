package io.tokenwarden.gateway.request;

/// Ends the reading of one request that could be understood in two ways, or in none.
public final class MalformedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /// @param why for the caller; repeats nothing of the request
  public MalformedException(String why) {
    super(why, null, false, false);
  }
}
