package io.tokenwarden.embedded;

import java.nio.file.Path;

/// How a Kafka broker is to be started.
///
/// @param data its data folder: made when it is missing, kept when the broker ends
/// @param port 0 for a free one
/// @param log what the broker prints is appended here
public record KafkaSettings(Path data, int port, Path log) {

  public KafkaSettings {
    data = data.toAbsolutePath().normalize();
    log = log.toAbsolutePath().normalize();
  }
}
