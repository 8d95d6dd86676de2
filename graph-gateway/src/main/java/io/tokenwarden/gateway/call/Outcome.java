package io.tokenwarden.gateway.call;

import io.tokenwarden.gateway.answer.Refusal;
import io.tokenwarden.gateway.audit.Overreach;
import io.tokenwarden.graph.Meaning;
import java.util.Optional;

/// What a call came to, as metrics and the audit log tell it.
///
/// @param category `NONE` if it succeeded
/// @param answeredBy `meta` or `gateway`
/// @param overreach in what it was more than the caller may do; null unless it was refused for that
record Outcome(String category, String answeredBy, Overreach overreach) {

  private Outcome(String category, String answeredBy) {
    this(category, answeredBy, null);
  }

  static Outcome ofMeta(Optional<Meaning> meaning) {
    return new Outcome(meaning.map(it -> it.category().name()).orElse("NONE"), "meta");
  }

  /// The gateway itself answered what was asked.
  static Outcome ofOurs() {
    return new Outcome("NONE", "gateway");
  }

  static Outcome ofGateway(Refusal refusal) {
    return new Outcome(refusal.category().name(), "gateway", refusal.overreach());
  }
}
