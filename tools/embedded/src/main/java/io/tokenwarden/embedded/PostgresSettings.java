package io.tokenwarden.embedded;

import java.nio.file.Path;

/// How a PostgreSQL server is to be started.
///
/// @param data its data folder: made when it is missing, kept when the server ends
/// @param cache where the server programs are unpacked once; may be shared
/// @param port 0 for a free one
/// @param password of the superuser `postgres`; counts when the data folder is made and must stay
///   the same afterwards
/// @param log what the server prints is appended here
public record PostgresSettings(Path data, Path cache, int port, Password password, Path log) {

  public PostgresSettings {
    data = data.toAbsolutePath().normalize();
    cache = cache.toAbsolutePath().normalize();
    log = log.toAbsolutePath().normalize();
  }
}
