package io.tokenwarden.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RealPartsIT {

  @Test
  void givesTheServiceItsSchemaItsTopicsAndAnIssuer() throws SQLException {
    // when
    var config = started(Map.of(RealParts.SERVICE, "graph-gateway", RealParts.ISSUER, "true"));

    // then
    assertThat(schemaOf(config)).isEqualTo("gateway");
    assertThat(config.get("quarkus.datasource.reactive.url"))
        .matches("vertx-reactive:postgresql://127.0.0.1:\\d+/tokenwarden\\?search_path=gateway");
    assertThat(config.get("quarkus.oidc.auth-server-url")).isEqualTo(SharedParts.issuer());
    assertThat(SharedParts.bearers().of("me", List.of("viewer"), List.of("demo"))).contains(".");
    assertThat(TopicReader.shared().all("graph-gateway.dlt")).isEmpty();
  }

  @Test
  void startsEachServerOncePerJvm() {
    // when
    var one = started(Map.of(RealParts.SCHEMA, "auth", RealParts.TOPICS, "token.health"));
    var other = started(Map.of(RealParts.SCHEMA, "auth", RealParts.TOPICS, "token.health"));

    // then
    assertThat(other).isEqualTo(one);
  }

  @Test
  void readsWhatWasWrittenWithItsHeaders() {
    // given
    started(Map.of(RealParts.TOPICS, "token.connected"));

    // when
    String place;
    try (var writer = TopicWriter.shared()) {
      writer.write("token.connected", "other", "{}", Map.of());
      place = writer.write("token.connected", "mine", "{\"a\":1}", Map.of("ce_type", "t"));
    }

    // then
    var record = TopicReader.shared().await("token.connected", "mine", 1).getFirst();
    assertThat(record.place()).isEqualTo(place);
    assertThat(record.text()).isEqualTo("{\"a\":1}");
    assertThat(record.header("ce_type")).contains("t");
    assertThat(TopicReader.shared().all("token.connected")).hasSize(2);
  }

  private static Map<String, String> started(Map<String, String> arguments) {
    var parts = new RealParts();
    parts.init(arguments);
    return parts.start();
  }

  private static String schemaOf(Map<String, String> config) throws SQLException {
    try (var connection =
            DriverManager.getConnection(
                config.get("quarkus.datasource.jdbc.url"),
                config.get("quarkus.datasource.username"),
                config.get("quarkus.datasource.password"));
        var answer = connection.createStatement().executeQuery("select current_schema()")) {
      answer.next();
      return answer.getString(1);
    }
  }
}
