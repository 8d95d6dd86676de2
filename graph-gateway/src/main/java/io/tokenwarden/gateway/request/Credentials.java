package io.tokenwarden.gateway.request;

import io.tokenwarden.gateway.request.GraphRequest.Parameter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// What of Graph mints, inspects or ends credentials, or hands power over an account to others.
/// None of it passes, whatever the verb, and wherever it is said.
final class Credentials {

  /// Told to whoever asks for it.
  static final String REFUSAL = "Nothing that mints, inspects or ends credentials passes here";

  private static final Set<String> ROOTS = Set.of("oauth", "dialog", "device");

  private static final Set<String> EDGES =
      Set.of(
          "access_token",
          "access_tokens",
          "system_user_access_tokens",
          "debug_token",
          "test-users",
          "test_users",
          "instruments");

  /// They may be read. Written, they install an app, withdraw a permission (the whole token, if it
  /// is none in particular), let others in, or make a user whose token is ours to mint.
  private static final Set<String> READ_ONLY_EDGES =
      Set.of(
          "permissions",
          "applications",
          "subscriptions",
          "system_users",
          "business_users",
          "assigned_users",
          "userpermissions",
          "agencies",
          "roles");

  /// Graph reads here what it answers; elsewhere in a write the words are somebody's text.
  private static final Set<String> SAYS_WHAT_TO_ANSWER =
      Set.of("fields", "summary", "include", "expand");

  private static final Pattern ASKS_FOR_A_TOKEN =
      Pattern.compile("(?<![A-Za-z0-9_])access_token(?![A-Za-z0-9_])", Pattern.CASE_INSENSITIVE);

  private Credentials() {}

  static boolean areTouchedBy(Verb verb, List<String> path, List<Parameter> parameters) {
    List<String> lower = path.stream().map(segment -> segment.toLowerCase(Locale.ROOT)).toList();
    return (!lower.isEmpty() && ROOTS.contains(lower.getFirst()))
        || lower.stream().anyMatch(EDGES::contains)
        || (verb != Verb.GET && lower.stream().anyMatch(READ_ONLY_EDGES::contains))
        || parameters.stream().anyMatch(parameter -> asksForAToken(verb, parameter));
  }

  private static boolean asksForAToken(Verb verb, Parameter parameter) {
    return (verb == Verb.GET || SAYS_WHAT_TO_ANSWER.contains(parameter.plainName()))
        && ASKS_FOR_A_TOKEN.matcher(parameter.value()).find();
  }
}
