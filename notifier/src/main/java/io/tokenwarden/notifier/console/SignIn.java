package io.tokenwarden.notifier.console;

import io.quarkus.oidc.TenantResolver;
import io.quarkus.oidc.runtime.OidcUtils;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/// Who is let in by a session cookie, and who needs a bearer: the path decides, and the cookie
/// never does. Left to itself, Quarkus takes a session cookie on every path, and another site could
/// make a browser change something.
@ApplicationScoped
class SignIn implements TenantResolver {
  private static final String CONSOLE = "console";

  /// What the page reads. Nothing here changes anything.
  private static final Set<String> PAGE =
      Set.of("/", "/console/cards", "/console/sign-out", "/notify/session", "/notify/stream");

  @Override
  public String resolve(RoutingContext context) {
    return PAGE.contains(context.normalizedPath()) ? CONSOLE : OidcUtils.DEFAULT_TENANT_ID;
  }
}
