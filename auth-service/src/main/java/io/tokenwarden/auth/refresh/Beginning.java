package io.tokenwarden.auth.refresh;

/// What came of wanting to replace a token.
sealed interface Beginning {
  record Begun(Work work) implements Beginning {}

  record NothingToDo(Answer answer) implements Beginning {}
}
