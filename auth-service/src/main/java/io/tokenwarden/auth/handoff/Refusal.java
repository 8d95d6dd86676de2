package io.tokenwarden.auth.handoff;

/// Why a token is not taken. The names are the codes of answers and of the audit log.
enum Refusal {
  TOKEN_INVALID("Meta says that the token is not valid"),
  TOKEN_OF_ANOTHER_APP("The token was issued to another Meta app"),
  TOKEN_OF_ANOTHER_USER("Meta does not name one owner of the token"),
  TOKEN_TYPE_UNSUPPORTED(
      "Only tokens of people and of system users are taken: a Page's token dies with its person's,"
          + " and an app's reads no ad account"),
  TOKEN_SHORT_LIVED("The token ends within hours, and Meta does not make it last"),
  META_REFUSED("Meta does not issue a token for this"),
  META_UNAVAILABLE("Meta cannot be asked now");

  private final String words;

  Refusal(String words) {
    this.words = words;
  }

  /// For a person.
  String words() {
    return words;
  }
}
