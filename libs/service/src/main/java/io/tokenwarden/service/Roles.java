package io.tokenwarden.service;

/// The roles of the OIDC claim `groups`.
public final class Roles {
  /// Reads.
  public static final String VIEWER = "viewer";

  /// Also starts handoffs and acts on connections, schedules and channels.
  public static final String OPERATOR = "operator";

  /// Replays dead letters.
  public static final String REPLAYER = "replayer";

  /// Also apps, write handles, keys and the audit log.
  public static final String SECURITY_ADMIN = "security-admin";

  /// A service of ours, for all workspaces.
  public static final String SERVICE = "service";

  /// Held by graph-gateway alone: may ask for credentials.
  public static final String GATEWAY = "gateway";

  private Roles() {}
}
