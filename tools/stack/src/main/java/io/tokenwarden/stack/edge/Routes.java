package io.tokenwarden.stack.edge;

import java.util.List;

/// Which port serves a path. The console has everything that no service claims.
///
/// @param console the notifier, which serves the console
public record Routes(int auth, int refresher, int sync, int console, int gateway) {

  private record Route(String prefix, int port) {}

  /// @param path without query; encoded as it came
  int portFor(String path) {
    return claimed().stream()
        .filter(route -> path.equals(route.prefix()) || path.startsWith(route.prefix() + "/"))
        .mapToInt(Route::port)
        .findFirst()
        .orElse(console);
  }

  private List<Route> claimed() {
    return List.of(
        new Route("/auth", auth),
        new Route("/refresher", refresher),
        new Route("/sync", sync),
        new Route("/notify", console),
        new Route("/-/quota", gateway));
  }
}
