package io.tokenwarden.auth.handoff;

/// How a handoff ended, as it is kept.
enum Ending {
  CONNECTED,
  DENIED,
  OTHER_PERSON,
  /// The other person went on to a connection of their own.
  WENT_ON,
  NOT_ISSUED;

  static Ending of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Connected _ -> CONNECTED;
      case Outcome.Denied _ -> DENIED;
      case Outcome.OtherPerson _ -> OTHER_PERSON;
      case Outcome.NotIssued _ -> NOT_ISSUED;
      case Outcome.Rejected _ -> throw new IllegalArgumentException("what is refused goes on");
    };
  }
}
