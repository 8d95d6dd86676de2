package io.tokenwarden.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tokenwarden.contracts.TopicSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class KafkaTopicsTest {
  private static final Path FILE = Folder.DEPLOY.resolve("base/kafka/topics.yaml");

  private static final String REWRITE =
      "mvn -pl deploy -am -Dtest=KafkaTopicsTest -Dsurefire.failIfNoSpecifiedTests=false"
          + " -Drewrite=true test";

  @Test
  void theCommittedFileSaysWhatTheTableSays() throws IOException {
    var expected = KafkaTopics.yaml(TopicSpec.all());
    if (Boolean.getBoolean("rewrite")) {
      Files.writeString(FILE, expected);
    }
    assertThat(Files.readString(FILE))
        .as("%s differs from the table in contracts. Make it anew with: %s", FILE, REWRITE)
        .isEqualTo(expected);
  }

  @Test
  void everyTopicIsThereAsItMustBeCreated() throws IOException {
    var resources = resources(KafkaTopics.yaml(TopicSpec.all()));
    assertThat(resources).hasSameSizeAs(TopicSpec.all());
    for (int i = 0; i < resources.size(); i++) {
      var topic = TopicSpec.all().get(i);
      var resource = resources.get(i);
      assertThat(resource.at("/metadata/name").asText()).isEqualTo(topic.name());
      assertThat(resource.at("/spec/partitions").asInt()).isEqualTo(TopicSpec.PARTITIONS);
      assertThat(resource.at("/spec/config/cleanup.policy").asText())
          .isEqualTo(topic.compacted() ? "compact" : "");
      topic
          .retention()
          .ifPresent(kept ->
              assertThat(resource.at("/spec/config/retention.ms").asLong())
                  .isEqualTo(kept.toMillis()));
    }
  }

  private static List<JsonNode> resources(String yaml) throws IOException {
    var mapper = new YAMLMapper();
    try (var documents = mapper.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
      return documents.readAll();
    }
  }
}
