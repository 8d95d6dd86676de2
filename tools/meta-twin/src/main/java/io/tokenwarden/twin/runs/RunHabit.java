package io.tokenwarden.twin.runs;

/// How report runs go that are started from now on.
///
/// @param unknownPolls how many polls are told that there is no such object: 100/33, the race right
///   after a run was started
/// @param runningPolls how many polls find it running, after one that finds it not started
/// @param failure how it ends; null for well
public record RunHabit(int unknownPolls, int runningPolls, Failure failure) {

  public static final RunHabit USUAL = new RunHabit(0, 1, null);

  private static final int MOST = 10_000;

  public RunHabit {
    if (unknownPolls < 0 || unknownPolls > MOST || runningPolls < 0 || runningPolls > MOST) {
      throw new IllegalArgumentException("polls are counted from 0 to 10,000");
    }
  }

  /// Why a report is never there. The texts are not Meta's.
  public enum Failure {
    REPORT_FAILED(-2, 2490547, "Report failed"),
    TOO_LARGE(-3, 1504045, "Large request");

    private final int code;
    private final int subcode;
    private final String message;

    Failure(int code, int subcode, String message) {
      this.code = code;
      this.subcode = subcode;
      this.message = message;
    }

    public int code() {
      return code;
    }

    public int subcode() {
      return subcode;
    }

    public String message() {
      return message;
    }
  }
}
