package io.tokenwarden.twin.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;

class GraphJsonTest {

  @Test
  void escapesSlashesAndEverythingBeyondAscii() {
    // given
    var json = JsonNodeFactory.instance.objectNode().put("next", "http://twin/é");

    // when
    var text = GraphJson.write(json);

    // then
    assertThat(text).isEqualTo("{\"next\":\"http:\\/\\/twin\\/\\" + "u00E9\"}");
  }
}
