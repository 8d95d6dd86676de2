package io.tokenwarden.gateway.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tokenwarden.gateway.request.GraphRequest.Parameter;
import java.util.List;

/// Reads a JSON object: its members are the parameters. What says a member twice, at any depth, is
/// refused, as two readers could take different ones.
final class JsonFields {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .build();

  private JsonFields() {}

  /// A string stands for itself, null for nothing, and anything else for its JSON, as Graph takes
  /// it in a form.
  static List<Parameter> read(String text) {
    JsonNode json = parsed(text);
    if (!json.isObject()) {
      throw new MalformedException("A JSON body is an object whose members are the parameters");
    }
    return json.properties().stream()
        .filter(member -> !member.getValue().isNull())
        .map(member -> new Parameter(member.getKey(), text(member.getValue())))
        .toList();
  }

  static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException _) {
      throw new MalformedException("The JSON cannot be read, or says a member twice");
    }
  }

  private static String text(JsonNode value) {
    return value.isContainerNode() ? value.toString() : value.asText();
  }
}
