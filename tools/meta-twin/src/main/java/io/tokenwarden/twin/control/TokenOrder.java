package io.tokenwarden.twin.control;

import java.util.Set;

/// Body of `POST /twin/people/{id}/tokens`.
///
/// @param kind `short-lived` or `long-lived`, as a developer's tool hands them out; `system-user`;
///   `page`
/// @param app null for the managed one
/// @param scopes what the token may do, which is granted to the app; none if left out
/// @param expires whether a system user's token ends in 60 days instead of never
public record TokenOrder(String kind, String app, Set<String> scopes, boolean expires) {

  public TokenOrder {
    scopes = scopes == null ? Set.of() : Set.copyOf(scopes);
  }
}
