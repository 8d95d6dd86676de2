package io.tokenwarden.embedded;

import java.nio.file.Path;
import java.util.Optional;

/// How a Kafka broker is to be started.
///
/// @param data its data folder: made when it is missing, kept when the broker ends
/// @param port 0 for a free one
/// @param log what the broker prints is appended here
/// @param detour where else it listens
public record KafkaSettings(Path data, int port, Path log, Optional<Detour> detour) {

  public KafkaSettings {
    data = data.toAbsolutePath().normalize();
    log = log.toAbsolutePath().normalize();
  }

  /// Listens on one port only.
  public KafkaSettings(Path data, int port, Path log) {
    this(data, port, log, Optional.empty());
  }

  /// A second listener. Kafka's clients go on to the address a broker tells them; who connects here
  /// is told the port of something that stands in between, such as a proxy, and stays behind it.
  ///
  /// @param port where the broker listens
  /// @param advertised the port that clients are told, on 127.0.0.1
  public record Detour(int port, int advertised) {}
}
