package io.tokenwarden.testsupport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import io.tokenwarden.testsupport.Photograph.Difference.Added;
import io.tokenwarden.testsupport.Photograph.Difference.Changed;
import io.tokenwarden.testsupport.Photograph.Difference.Gone;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Every row of every table at one moment. Tables and columns are found from the catalog, so what
/// is new is in the picture without anybody's doing.
public final class Photograph {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// All tables of people's own, with what identifies a row; null where nothing does.
  private static final String TABLES =
      """
      select n.nspname || '.' || c.relname, format('%I.%I', n.nspname, c.relname),
        (select string_agg(format('t.%I::text', a.attname), $$ || ' ' || $$ order by a.attnum)
         from pg_index i
         join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey)
         where i.indrelid = c.oid and i.indisprimary)
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'm') and not c.relispartition
        and n.nspname not in ('pg_catalog', 'information_schema')
        and n.nspname !~ '^pg_(toast|temp)'
        and (cast(? as text) is null or n.nspname = ?)
      """;

  /// The rows of each table by what identifies them, as JSON.
  private final Map<String, Map<String, String>> tables;

  private Photograph(Map<String, Map<String, String>> tables) {
    this.tables = tables;
  }

  /// Of all schemas.
  ///
  /// @param database of somebody who may read everything
  public static Photograph of(Connection database) throws SQLException {
    return take(database, null);
  }

  /// Of one schema.
  public static Photograph of(Connection database, String schema) throws SQLException {
    return take(database, schema);
  }

  private static Photograph take(Connection database, String schema) throws SQLException {
    database.setAutoCommit(false);
    database.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    Map<String, Map<String, String>> tables = new TreeMap<>();
    try (var catalog = database.prepareStatement(TABLES)) {
      catalog.setString(1, schema);
      catalog.setString(2, schema);
      try (var found = catalog.executeQuery()) {
        while (found.next()) {
          tables.put(found.getString(1), rows(database, found.getString(2), found.getString(3)));
        }
      }
    }
    database.rollback();
    return new Photograph(tables);
  }

  private static Map<String, String> rows(Connection database, String table, String key)
      throws SQLException {
    Map<String, String> rows = new LinkedHashMap<>();
    var identity = key == null ? "t::text || ' ' || row_number() over (partition by t::text)" : key;
    try (var statement = database.createStatement();
        var found =
            statement.executeQuery(
                "select %s, to_jsonb(t)::text from %s t".formatted(identity, table))) {
      while (found.next()) {
        rows.put(found.getString(1), found.getString(2));
      }
    }
    return rows;
  }

  /// The names of all tables, as `schema.table`.
  public Set<String> tables() {
    return tables.keySet();
  }

  /// Whether an event waits for its way to Kafka in any outbox.
  public boolean hasEventsOnTheirWay() {
    return tables.entrySet().stream()
        .anyMatch(table -> table.getKey().endsWith(".outbox") && !table.getValue().isEmpty());
  }

  /// Without the tables whose name begins like this.
  public Photograph without(String prefix) {
    var rest = new TreeMap<>(tables);
    rest.keySet().removeIf(table -> table.startsWith(prefix));
    return new Photograph(rest);
  }

  /// The tables with a row that holds this text, in letters of either case or as bytes.
  public Set<String> tablesHolding(String text) {
    var plain = text.toLowerCase(Locale.ROOT);
    var bytes = HexFormat.of().formatHex(text.getBytes(UTF_8));
    var holding = new TreeSet<String>();
    tables.forEach((table, rows) -> {
      if (rows.values().stream()
          .map(row -> row.toLowerCase(Locale.ROOT))
          .anyMatch(row -> row.contains(plain) || row.contains(bytes))) {
        holding.add(table);
      }
    });
    return holding;
  }

  /// One thing that is not as it was.
  public sealed interface Difference {
    /// As `schema.table`.
    String table();

    /// The row, or what of it differs.
    JsonNode row();

    /// A row that was not there.
    record Added(String table, JsonNode row) implements Difference {
      @Override
      public String toString() {
        return table + ": added " + row;
      }
    }

    /// A row that is not there any more.
    record Gone(String table, JsonNode row) implements Difference {
      @Override
      public String toString() {
        return table + ": gone " + row;
      }
    }

    /// A column of a row that stayed.
    ///
    /// @param row as it was
    /// @param column with dots where it holds a JSON object: `state.health.expiresAt`
    record Changed(String table, JsonNode row, String column, JsonNode before, JsonNode after)
        implements Difference {
      @Override
      public String toString() {
        return "%s.%s: %s → %s in %s".formatted(table, column, before, after, row);
      }
    }
  }

  /// What differs later, row by row and column by column.
  public List<Difference> differencesTo(Photograph later) {
    var names = new TreeSet<>(tables.keySet());
    names.addAll(later.tables.keySet());
    List<Difference> differences = new ArrayList<>();
    for (var table : names) {
      compare(
          table,
          tables.getOrDefault(table, Map.of()),
          later.tables.getOrDefault(table, Map.of()),
          differences);
    }
    return differences;
  }

  private static void compare(
      String table,
      Map<String, String> before,
      Map<String, String> after,
      List<Difference> differences) {
    before.forEach((key, row) -> {
      if (!after.containsKey(key)) {
        differences.add(new Gone(table, json(row)));
      } else if (!row.equals(after.get(key))) {
        columns(table, json(row), json(after.get(key))).forEach(differences::add);
      }
    });
    after.forEach((key, row) -> {
      if (!before.containsKey(key)) {
        differences.add(new Added(table, json(row)));
      }
    });
  }

  private static Stream<Difference> columns(String table, JsonNode before, JsonNode after) {
    var was = flat(before);
    var is = flat(after);
    var names = new TreeSet<>(was.keySet());
    names.addAll(is.keySet());
    return names.stream()
        .filter(name -> !value(was, name).equals(value(is, name)))
        .map(name -> new Changed(table, before, name, value(was, name), value(is, name)));
  }

  private static JsonNode value(Map<String, JsonNode> columns, String name) {
    return columns.getOrDefault(name, NullNode.instance);
  }

  private static Map<String, JsonNode> flat(JsonNode row) {
    Map<String, JsonNode> columns = new LinkedHashMap<>();
    flatten("", row, columns);
    return columns;
  }

  private static void flatten(String prefix, JsonNode object, Map<String, JsonNode> columns) {
    object
        .properties()
        .forEach(member -> {
          if (member.getValue().isObject()) {
            flatten(prefix + member.getKey() + ".", member.getValue(), columns);
          } else {
            columns.put(prefix + member.getKey(), member.getValue());
          }
        });
  }

  private static JsonNode json(String row) {
    try {
      return JSON.readTree(row);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Photograph that && tables.equals(that.tables);
  }

  @Override
  public int hashCode() {
    return tables.hashCode();
  }

  @Override
  public String toString() {
    return tables.entrySet().stream()
        .map(table -> table.getKey() + ": " + table.getValue().size() + " rows")
        .collect(joining("\n"));
  }
}
