package io.tokenwarden.twin.world;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// `state.json`: the one place where token values are written down. Readable by its owner alone,
/// replaced as a whole by a rename, so a process killed at any moment leaves either the old state
/// or the new one.
final class StateFile {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .addModule(
              new SimpleModule("secrets")
                  .addSerializer(new SecretWriter())
                  .addDeserializer(Secret.class, new SecretReader()))
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  private final Path file;
  private final StateUpgrade upgrade;

  /// @param folder made, with access for its owner alone, if it is missing
  /// @param appId the app of states that knew but one
  StateFile(Path folder, String appId) {
    this.file = PrivateFiles.folder(folder).resolve("state.json");
    this.upgrade = new StateUpgrade(appId);
  }

  WorldState read() {
    if (Files.notExists(file)) {
      return WorldState.empty();
    }
    try {
      return JSON.treeToValue(upgrade.upgraded(JSON.readTree(file.toFile())), WorldState.class);
    } catch (IOException e) {
      // The cause may quote the content, and the content is secret.
      throw new UncheckedIOException(new IOException("cannot read the twin's state in " + file));
    }
  }

  void write(WorldState state) {
    try {
      PrivateFiles.replace(file, JSON.writeValueAsBytes(state));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the twin's state to " + file, e);
    }
  }

  private static final class SecretWriter extends StdSerializer<Secret> {

    private static final long serialVersionUID = 1;

    SecretWriter() {
      super(Secret.class);
    }

    @Override
    public void serialize(Secret secret, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(secret.reveal());
    }
  }

  private static final class SecretReader extends StdDeserializer<Secret> {

    private static final long serialVersionUID = 1;

    SecretReader() {
      super(Secret.class);
    }

    @Override
    public Secret deserialize(JsonParser json, DeserializationContext context) throws IOException {
      return Secret.of(json.getValueAsString());
    }
  }
}
