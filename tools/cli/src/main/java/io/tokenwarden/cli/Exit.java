package io.tokenwarden.cli;

/// What the command's exit codes mean.
public final class Exit {

  public static final int OK = 0;
  public static final int ERROR = 1;

  /// Unknown or contradictory arguments, or something that is never done.
  public static final int WRONG_USE = 2;

  public static final int NOT_AUTHORISED = 4;
  public static final int PARTLY_DONE = 5;
  public static final int NOTHING_TO_DO = 6;

  private Exit() {}
}
