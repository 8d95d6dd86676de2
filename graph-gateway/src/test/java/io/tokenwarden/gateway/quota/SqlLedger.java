package io.tokenwarden.gateway.quota;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/// The function `quota_turn` itself, for one quota of its own.
final class SqlLedger implements Ledger {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final DataSource database;
  private final String scope;

  SqlLedger(DataSource database, String scope) {
    this.database = database;
    this.scope = scope;
  }

  @Override
  public PermitGrant turn(PermitTurn turn, long nowMillis, long calls, long window, long patience) {
    return turn(turn, Instant.ofEpochMilli(nowMillis), calls, window, patience);
  }

  /// @param now null for the clock of the database
  PermitGrant turn(PermitTurn turn, Instant now, long calls, long window, long patience) {
    try (Connection sql = database.getConnection();
        var asked =
            sql.prepareStatement("select * from quota_turn(?::jsonb, ?, ?, ?::timestamptz)")) {
      asked.setString(1, json(turn, calls, window));
      asked.setLong(2, PermitLog.LEASE.toMillis());
      asked.setLong(3, patience);
      asked.setObject(4, now == null ? null : now.atOffset(ZoneOffset.UTC));
      try (ResultSet rows = asked.executeQuery()) {
        rows.next();
        return new PermitGrant(
            rows.getBoolean("known"),
            rows.getLong("permits"),
            rows.getObject("calls", Long.class),
            rows.getLong("used"),
            rows.getLong("leased"),
            rows.getInt("sharers"),
            Duration.ofMillis(rows.getLong("next_free_ms")));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Taking a turn", e);
    }
  }

  private String json(PermitTurn turn, long calls, long window) {
    Map<String, Object> asked = new HashMap<>();
    asked.put("scope", scope);
    asked.put("calls", calls);
    asked.put("window_ms", window);
    asked.put("lease", turn.lease());
    asked.put("known", turn.known());
    asked.put("wanted", turn.wanted());
    asked.put("back", turn.back());
    asked.put("spent", turn.spent());
    try {
      return JSON.writeValueAsString(List.of(asked));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
