package io.tokenwarden.stack;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What `stack.json` says: where everything is. Written when everything is ready, and anew when a
/// process was started again; removed when the stack stops.
///
/// @param console the common origin of console and services
/// @param services address by service name
/// @param kafka `host:port`
/// @param postgres the local superuser
/// @param issuer the OIDC issuer
/// @param metaTwin null if the stack talks to another Meta
/// @param pids process id by name
/// @param logs the folder with one log per process
@JsonIgnoreProperties(ignoreUnknown = true)
public record StackInfo(
    String console,
    Map<String, String> services,
    String kafka,
    Database postgres,
    String issuer,
    String metaTwin,
    Map<String, Long> pids,
    String logs) {

  /// @param url without credentials, as `postgresql://host:port/database`
  public record Database(String url, String user, String password) {
    @Override
    public String toString() {
      return "Database[" + url + ", " + user + ", ****]";
    }
  }

  static Optional<StackInfo> read(Path file) {
    return Json.read(file, StackInfo.class);
  }

  void write(Path file) {
    PrivateFiles.write(file, Json.text(this));
  }

  /// @throws IllegalArgumentException if the stack has no such service
  public String service(String name) {
    return Optional.ofNullable(services.get(name))
        .orElseThrow(() -> new IllegalArgumentException("No service is called " + name));
  }
}
