package io.tokenwarden.gateway.credential;

/// What auth-service says when it is asked for a credential.
public sealed interface LeaseAnswer {

  record Granted(CredentialLease lease) implements LeaseAnswer {}

  /// There is no such connection.
  record Unknown() implements LeaseAnswer {}

  /// The connection exists and has no credential that may be used.
  record Withheld() implements LeaseAnswer {}

  /// The connection's Meta app is not configured any more: its token may live, and cannot be used.
  record AppUnknown() implements LeaseAnswer {}

  /// It did not answer; ask again.
  record Unavailable() implements LeaseAnswer {}
}
