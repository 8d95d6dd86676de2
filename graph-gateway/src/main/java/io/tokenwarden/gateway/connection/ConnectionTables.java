package io.tokenwarden.gateway.connection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.Health;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.gateway.store.Table;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/// What [Connections] learns from the tables.
@ApplicationScoped
class ConnectionTables {

  private static final Logger LOG = Logger.getLogger(ConnectionTables.class);

  private static final String CONNECTIONS =
      """
      select connection_id, workspace_id, generation, revision, app_id, meta_user_id, token_type, health::text
      from connection_health where changed_in >= $1::text::xid8
      """;

  private static final String DOUBTS =
      """
      select connection_id, generation, revision, probed_at
      from doubt where changed_in >= $1::text::xid8
      """;

  private static final String APPS =
      "select app_id, revision, blocked from app_standing where changed_in >= $1::text::xid8";

  private final Connections connections;
  private final ObjectMapper json;

  @Inject
  ConnectionTables(Connections connections, ObjectMapper json) {
    this.connections = connections;
    this.json = json;
  }

  @Produces
  @Singleton
  Table connections() {
    return new Table(CONNECTIONS, this::learn);
  }

  @Produces
  @Singleton
  Table doubts() {
    return new Table(DOUBTS, row -> connections.learn(doubt(row)));
  }

  @Produces
  @Singleton
  Table apps() {
    return new Table(APPS, row -> connections.learn(app(row)));
  }

  /// A row that a later version wrote in a way we cannot read hides no other.
  private void learn(Row row) {
    try {
      connections.learn(connection(row));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      LOG.errorf(e, "The stored state of connection %s cannot be read", row.getUUID(0));
    }
  }

  private KnownConnection connection(Row row) throws JsonProcessingException {
    return new KnownConnection(
        new ConnectionId(row.getUUID(0)),
        WorkspaceId.of(row.getString(1)),
        row.getLong(2),
        row.getLong(3),
        row.getString(4),
        row.getString(5),
        TokenType.valueOf(row.getString(6)),
        json.readValue(row.getString(7), Health.class));
  }

  private static Doubt doubt(Row row) {
    return new Doubt(
        new ConnectionId(row.getUUID(0)),
        row.getLong(1),
        row.getLong(2),
        row.getOffsetDateTime(3).toInstant());
  }

  private static KnownApp app(Row row) {
    return new KnownApp(row.getString(0), row.getLong(1), row.getBoolean(2));
  }
}
