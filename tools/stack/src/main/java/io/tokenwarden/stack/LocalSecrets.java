package io.tokenwarden.stack;

import io.tokenwarden.embedded.Password;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// What a local stack makes up once and keeps: the Meta app its twin knows, and the passwords of
/// its database. Kept in a file of mode 0600; `toString` shows none of it.
///
/// @param superuser password of the database's superuser
/// @param roles password by role, which is also the schema's name
/// @param session what the console seals its session cookies with
public record LocalSecrets(
    String metaAppId,
    String metaAppSecret,
    String superuser,
    Map<String, String> roles,
    String session) {

  private static final int APP_ID_DIGITS = 15;
  private static final SecureRandom RANDOM = new SecureRandom();

  /// Reads them, or makes them when there are none yet.
  public static LocalSecrets at(Path file) {
    return Json.read(file, LocalSecrets.class)
        .orElseGet(() -> {
          var made = make();
          PrivateFiles.write(file, Json.text(made));
          return made;
        });
  }

  private static LocalSecrets make() {
    Map<String, String> roles = new LinkedHashMap<>();
    for (var service : ServicePlan.all()) {
      roles.put(service.schema(), Password.random().reveal());
    }
    return new LocalSecrets(
        appId(),
        Password.random().reveal(),
        Password.random().reveal(),
        roles,
        Password.random().reveal());
  }

  /// Digits, as Meta's are.
  private static String appId() {
    return (1 + RANDOM.nextInt(9))
        + RANDOM
            .ints(APP_ID_DIGITS - 1, 0, 10)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining());
  }

  public Map<String, Password> rolePasswords() {
    return roles.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, role -> new Password(role.getValue())));
  }

  @Override
  public String toString() {
    return "LocalSecrets[metaAppId=" + metaAppId + ", ****]";
  }
}
