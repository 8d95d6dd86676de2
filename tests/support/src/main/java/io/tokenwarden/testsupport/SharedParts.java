package io.tokenwarden.testsupport;

import io.tokenwarden.embedded.Bearers;
import io.tokenwarden.embedded.Folders;
import io.tokenwarden.embedded.IssuerSettings;
import io.tokenwarden.embedded.JvmEnd;
import io.tokenwarden.embedded.KafkaBroker;
import io.tokenwarden.embedded.KafkaSettings;
import io.tokenwarden.embedded.LocalIssuer;
import io.tokenwarden.embedded.Parts;
import io.tokenwarden.embedded.Password;
import io.tokenwarden.embedded.Postgres;
import io.tokenwarden.embedded.PostgresAddress;
import io.tokenwarden.embedded.PostgresSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/// The servers of this JVM, started when first asked for, in a temporary folder that goes away with
/// the JVM.
///
/// Quarkus loads test classes more than once, each time with statics of their own; what is shared
/// is therefore kept in system properties.
public final class SharedParts {

  private static final String PREFIX = "tokenwarden.test.";

  private SharedParts() {}

  /// The database server, with its superuser.
  public static PostgresAddress postgres() {
    var port = shared("postgres", SharedParts::startPostgres);
    return new PostgresAddress(Integer.parseInt(port), superuser());
  }

  /// The broker, as `host:port`.
  public static String kafka() {
    return shared("kafka", SharedParts::startKafka);
  }

  /// The issuer's address.
  public static String issuer() {
    return shared("issuer", SharedParts::startIssuer);
  }

  /// Bearer tokens of the issuer.
  public static Bearers bearers() {
    return new Bearers(issuer());
  }

  private static String startPostgres(Path folder) {
    var settings =
        new PostgresSettings(
            folder.resolve("data"),
            Parts.here().cache(),
            0,
            superuser(),
            folder.resolve("postgres.log"));
    var postgres = Postgres.start(settings);
    atEnd(postgres::stop, folder);
    return Integer.toString(postgres.port());
  }

  private static Password superuser() {
    return new Password("test");
  }

  private static String startKafka(Path folder) {
    var broker =
        KafkaBroker.start(
            new KafkaSettings(folder.resolve("data"), 0, folder.resolve("kafka.log")));
    atEnd(broker::kill, folder);
    return broker.bootstrapServers();
  }

  private static String startIssuer(Path folder) {
    var issuer =
        LocalIssuer.start(
            new IssuerSettings(folder.resolve("data"), 0, folder.resolve("issuer.log")));
    atEnd(issuer::kill, folder);
    return issuer.url();
  }

  private static void atEnd(Runnable stop, Path folder) {
    JvmEnd.runs(() -> {
      stop.run();
      delete(folder);
    });
  }

  /// Locked on what all class loaders share.
  private static String shared(String name, Function<Path, String> start) {
    var properties = System.getProperties();
    synchronized (properties) {
      var known = properties.getProperty(PREFIX + name);
      if (known != null) {
        return known;
      }
      var place = start.apply(temporaryFolder(name));
      properties.setProperty(PREFIX + name, place);
      return place;
    }
  }

  private static Path temporaryFolder(String name) {
    try {
      return Files.createTempDirectory("tokenwarden-test-" + name + "-");
    } catch (IOException e) {
      throw new UncheckedIOException("Making a temporary folder", e);
    }
  }

  private static void delete(Path folder) {
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("Deleting " + folder, e);
    }
  }
}
