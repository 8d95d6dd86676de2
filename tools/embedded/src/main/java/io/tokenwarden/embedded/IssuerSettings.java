package io.tokenwarden.embedded;

import java.nio.file.Path;

/// How the local issuer is to be started.
///
/// @param data where its signing key is kept: made when it is missing
/// @param port 0 for a free one
/// @param log what the issuer prints is appended here
public record IssuerSettings(Path data, int port, Path log) {

  public IssuerSettings {
    data = data.toAbsolutePath().normalize();
    log = log.toAbsolutePath().normalize();
  }
}
