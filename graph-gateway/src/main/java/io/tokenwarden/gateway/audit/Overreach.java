package io.tokenwarden.gateway.audit;

/// In what a call was more than its caller may do. The names stand in the audit log.
public enum Overreach {

  /// What it asks about is not among the assets of the handle.
  BEYOND_REACH,

  /// It writes, and the credential reads.
  READ_ONLY,

  /// It mints, inspects or ends credentials, or does something else that passes for nobody.
  NOT_FORWARDED,

  /// Two readers could understand it differently.
  NOT_CANONICAL,

  /// It asks what another handle is good for.
  ANOTHER_HANDLE,

  /// It names another connection than its handle stands for.
  ANOTHER_CONNECTION,

  /// The handle is unknown, revoked or over.
  WORTHLESS_HANDLE,

  /// The bearer is known, and may not call Graph.
  NO_SERVICE
}
