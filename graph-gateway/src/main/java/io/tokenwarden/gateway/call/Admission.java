package io.tokenwarden.gateway.call;

import io.tokenwarden.gateway.answer.Refusal;
import io.tokenwarden.gateway.credential.CredentialLease;

/// Whether a call goes out.
sealed interface Admission {

  /// It goes out with this credential.
  ///
  /// @param revision of the connection when the call was let through: what evidence from it speaks
  ///   of
  record Admitted(CredentialLease lease, long revision) implements Admission {}

  /// It does not.
  ///
  /// @param generation that was refused; null where there is none
  record Refused(Refusal refusal, Long generation) implements Admission {}
}
