package io.tokenwarden.auth.verdict;

import io.tokenwarden.auth.asset.Sight;
import io.tokenwarden.auth.connection.Origin;
import io.tokenwarden.auth.connection.ScopeChange;
import io.tokenwarden.auth.verdict.Inquiry.OfAsset;
import io.tokenwarden.contracts.GraphErrorInfo;
import io.tokenwarden.contracts.Reason;
import java.time.Instant;

/// What a [Ruling] leaves to be told or written down, after connection and question have changed.
public sealed interface Consequence {

  /// Nobody needs to hear of it.
  record Silence() implements Consequence {}

  /// The connection has a new revision, and there is nothing else to say.
  record Changed(Origin origin) implements Consequence {}

  /// The token is dead.
  record Expired(Reason reason, GraphErrorInfo error, Origin origin) implements Consequence {}

  /// Nobody can say that the token serves.
  record Disabled(Reason reason, Origin origin) implements Consequence {}

  /// Meta holds the person back.
  record Blocked(Instant until, Origin origin) implements Consequence {}

  /// Other permissions are granted than before.
  record Regranted(ScopeChange change, Origin origin) implements Consequence {}

  /// The asset is to be compared with what was known of it, and [Ruling#seen] then told.
  record Seen(Sight sight, Origin origin) implements Consequence {}

  /// The asset cannot be reached any more.
  record Lost(OfAsset asset, Reason reason, Origin origin) implements Consequence {}

  /// Meta spoke of something else, which is then to be asked about.
  record Suspected(Inquiry inquiry, Grounds grounds) implements Consequence {}
}
