package io.tokenwarden.stack;

import io.tokenwarden.embedded.ChildProcess;
import io.tokenwarden.embedded.IssuerSettings;
import io.tokenwarden.embedded.KafkaBroker;
import io.tokenwarden.embedded.KafkaSettings;
import io.tokenwarden.embedded.LocalIssuer;
import io.tokenwarden.embedded.Parts;
import io.tokenwarden.embedded.Postgres;
import io.tokenwarden.embedded.PostgresSettings;

/// One process of the stack, which can be started, started again after it died, and stopped.
public interface Part {

  String name();

  /// Where it listens, for a person.
  String address();

  /// Starts it, or starts it again.
  ///
  /// @throws IllegalStateException if it does not come up, with its last log lines
  ChildProcess start();

  /// Whether it serves. Asked after [#start] until it says so.
  boolean isReady();

  /// Ends it in order; nothing happens if it does not run.
  void stop();

  static Part postgres(Parts parts, PostgresSettings settings, Runnable whenReady) {
    return new Server<>(
        "postgres",
        "localhost:" + settings.port(),
        () -> {
          var postgres = Postgres.start(parts, settings);
          whenReady.run();
          return postgres;
        },
        Postgres::process,
        Postgres::restart,
        Postgres::stop);
  }

  static Part kafka(Parts parts, KafkaSettings settings, Runnable whenReady) {
    return new Server<>(
        "kafka",
        "localhost:" + settings.port(),
        () -> {
          var broker = KafkaBroker.start(parts, settings);
          whenReady.run();
          return broker;
        },
        KafkaBroker::process,
        KafkaBroker::restart,
        KafkaBroker::stop);
  }

  static Part issuer(Parts parts, IssuerSettings settings) {
    return new Server<>(
        "issuer",
        "http://localhost:" + settings.port(),
        () -> LocalIssuer.start(parts, settings),
        LocalIssuer::process,
        LocalIssuer::restart,
        LocalIssuer::stop);
  }
}
