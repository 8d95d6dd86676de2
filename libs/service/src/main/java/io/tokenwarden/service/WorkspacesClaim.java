package io.tokenwarden.service;

import io.tokenwarden.contracts.WorkspaceId;
import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import java.security.Principal;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.JsonWebToken;

/// The claim `workspaces` of a bearer token: an array, or words separated by spaces. Words that are
/// no workspace ids are passed over: they grant nothing.
final class WorkspacesClaim {
  private static final String NAME = "workspaces";

  private WorkspacesClaim() {}

  static Set<WorkspaceId> of(Principal principal) {
    return principal instanceof JsonWebToken token ? of((Object) token.getClaim(NAME)) : Set.of();
  }

  static Set<WorkspaceId> of(Object claim) {
    return words(claim).flatMap(WorkspacesClaim::workspace).collect(Collectors.toUnmodifiableSet());
  }

  static String subject(Principal principal) {
    return principal instanceof JsonWebToken token && token.getSubject() != null
        ? token.getSubject()
        : principal.getName();
  }

  private static Stream<String> words(Object claim) {
    return switch (claim) {
      case null -> Stream.empty();
      case JsonArray array -> array.stream().flatMap(WorkspacesClaim::words);
      case JsonString string -> words(string.getString());
      case String text -> Arrays.stream(text.trim().split("\\s+"));
      case Collection<?> many -> many.stream().flatMap(WorkspacesClaim::words);
      default -> Stream.empty();
    };
  }

  private static Stream<WorkspaceId> workspace(String word) {
    try {
      return Stream.of(WorkspaceId.of(word));
    } catch (IllegalArgumentException _) {
      return Stream.empty();
    }
  }
}
