package io.tokenwarden.twin.world;

import java.util.Map;
import java.util.Set;

/// An app to be registered.
///
/// @param id null for one of its own
/// @param secret null for a random one
/// @param loginConfigs Login for Business: permissions by configuration id; null for none
public record NewApp(String id, Secret secret, String name, Map<String, Set<String>> loginConfigs) {

  public NewApp {
    if (name == null || name.isBlank()) {
      throw new IllegalArgumentException("an app needs a name");
    }
    if (id != null && !id.matches("\\d{1,30}")) {
      throw new IllegalArgumentException("an app id is a number");
    }
  }
}
