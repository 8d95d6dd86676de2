package io.tokenwarden.auth.connection;

import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.graph.AccessToken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Connections as a person's consent makes them, without the dance.
public final class TestConnections {
  private static final String APP = "1200000000000001";

  public static final TokenPolicy POLICY = () -> Duration.ofDays(90);

  private TestConnections() {}

  public static Connection connected(WorkspaceId workspace, ConnectionId id, Instant now) {
    return Connection.first(id.value(), workspace, "ann", token("2200000000000001"), POLICY, now);
  }

  public static void reconnect(Connection connection, Instant now) {
    connection.reconnected(token(connection.metaUserId()), POLICY, now);
  }

  /// One that Meta has never heard of.
  public static ConnectedToken token(String metaUserId) {
    return token(metaUserId, "Ann");
  }

  /// Of a person of that name.
  public static ConnectedToken token(String metaUserId, String name) {
    return token(metaUserId, name, AccessToken.of("unheard-of"));
  }

  /// Under the managed app.
  public static ConnectedToken token(String metaUserId, AccessToken token) {
    return token(metaUserId, "Ann", token);
  }

  /// Under another app.
  public static ConnectedToken tokenOf(String appId, String metaUserId, AccessToken token) {
    return token(appId, metaUserId, "Ann", token);
  }

  private static ConnectedToken token(String metaUserId, String name, AccessToken token) {
    return token(APP, metaUserId, name, token);
  }

  private static ConnectedToken token(
      String appId, String metaUserId, String name, AccessToken token) {
    return new ConnectedToken(
        token,
        appId,
        metaUserId,
        name,
        TokenType.USER,
        List.of("ads_read"),
        null,
        null,
        new Grants(List.of()),
        null);
  }
}
