package io.tokenwarden.system.secrets;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.tokenwarden.contracts.TopicSpec;
import io.tokenwarden.system.stack.RunningStack;
import io.tokenwarden.testsupport.Client;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;

/// Everything of a stack that somebody could read: logs and other files, topics with keys and
/// headers, a dump of the database, answers of the services. Only the twin's own folder is exempt.
final class Haystack {
  private final Map<String, String> places = new LinkedHashMap<>();

  private Haystack() {}

  /// @param answers paths to ask, by service
  static Haystack gather(RunningStack stack, Client client, Map<String, List<String>> answers) {
    var haystack = new Haystack();
    haystack.files(stack);
    haystack.topics(stack);
    haystack.database(stack);
    answers.forEach((service, paths) -> haystack.answers(client, service, paths));
    return haystack;
  }

  /// Adds what was read otherwise.
  void add(String place, String content) {
    places.merge(place, content, (before, more) -> before + "\n" + more);
  }

  /// @return the places where it is found, with the form it has there
  List<String> find(Needle needle) {
    var found = new ArrayList<String>();
    for (var place : places.entrySet()) {
      for (var form : needle.forms()) {
        if (place.getValue().contains(form)) {
          found.add(place.getKey() + ": " + needle.label());
        }
      }
    }
    return found;
  }

  boolean contains(String place, String text) {
    return places.entrySet().stream()
        .anyMatch(e -> e.getKey().startsWith(place) && e.getValue().contains(text));
  }

  List<String> names() {
    return List.copyOf(places.keySet());
  }

  private void files(RunningStack stack) {
    try (var walk = Files.walk(stack.logs())) {
      walk.filter(Files::isRegularFile)
          .forEach(file -> add("log " + file.getFileName(), read(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (var name : List.of("stack.json")) {
      add("file " + name, read(stack.data().resolve(name)));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void topics(RunningStack stack) {
    var reader = stack.topics();
    for (var topic : TopicSpec.all()) {
      for (var record : reader.all(topic.name())) {
        add("topic " + topic.name(), record.key() + " " + record.headers() + " " + record.text());
      }
    }
  }

  /// Row by row as text; bytes come as hex.
  private void database(RunningStack stack) {
    try (var connection =
            DriverManager.getConnection(
                stack.databaseUrl(), stack.databaseUser(), stack.databasePassword());
        var statement = connection.createStatement();
        var tables =
            statement.executeQuery(
                """
                select format('%I.%I', schemaname, tablename) from pg_tables
                where schemaname not in ('pg_catalog', 'information_schema')
                """)) {
      var copy = connection.unwrap(PGConnection.class).getCopyAPI();
      var names = new ArrayList<String>();
      while (tables.next()) {
        names.add(tables.getString(1));
      }
      for (var name : names) {
        var dump = new ByteArrayOutputStream();
        copy.copyOut("copy " + name + " to stdout", dump);
        add("table " + name, dump.toString(UTF_8));
      }
    } catch (SQLException | IOException e) {
      throw new IllegalStateException("Dumping the database", e);
    }
  }

  private void answers(Client client, String service, List<String> paths) {
    for (var path : paths) {
      var answer = client.get(service, path);
      add("answer " + service + path, answer.headers().map() + "\n" + answer.body());
    }
  }
}
