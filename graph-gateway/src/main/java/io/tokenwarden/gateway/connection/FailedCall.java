package io.tokenwarden.gateway.connection;

import io.tokenwarden.graph.GraphError;
import io.tokenwarden.graph.Suspicion;

/// A call that failed in a way that gives reason to ask.
///
/// @param revision of the connection when the call was made
/// @param endpoint its path, without the query
/// @param assetId the ad account or other object its path begins with; null if none
public record FailedCall(
    TokenIdentity token, long revision, String endpoint, String assetId, GraphError error) {

  Suspicion suspicion() {
    return error.meaning().suspicion();
  }
}
