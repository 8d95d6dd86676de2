package io.tokenwarden.refresher.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenwarden.graph.ErrorCategory;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/// A list at Meta, read to its end or not.
public sealed interface Listing {

  /// Nothing is missing.
  ///
  /// @param generation of the token with which all of it was read; empty if the gateway did not say
  record Complete(List<JsonNode> rows, OptionalLong generation) implements Listing {}

  /// Some page could not be read.
  ///
  /// @param retryAfter zero if nothing was said
  record Broken(ErrorCategory category, Duration retryAfter) implements Listing {}
}
