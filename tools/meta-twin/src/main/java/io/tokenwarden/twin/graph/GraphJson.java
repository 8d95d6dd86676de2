package io.tokenwarden.twin.graph;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/// JSON as Meta writes it: slashes as `\/` and everything beyond ASCII as an escape. Who rewrites
/// addresses in an answer has to know that.
public final class GraphJson {

  private static final ObjectMapper MAPPER = mapper();

  private GraphJson() {}

  /// How Meta confirms that something was done.
  static JsonNode success() {
    return JsonNodeFactory.instance.objectNode().put("success", true);
  }

  /// How Meta answers where something was made.
  static JsonNode id(String id) {
    return JsonNodeFactory.instance.objectNode().put("id", id);
  }

  public static String write(JsonNode json) {
    try {
      return MAPPER.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree can always be written", e);
    }
  }

  private static ObjectMapper mapper() {
    var mapper = JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    mapper.getFactory().setCharacterEscapes(new SlashEscapes());
    return mapper;
  }

  private static final class SlashEscapes extends CharacterEscapes {

    private static final long serialVersionUID = 1;

    @Override
    public int[] getEscapeCodesForAscii() {
      var escapes = standardAsciiEscapesForJSON();
      escapes['/'] = ESCAPE_CUSTOM;
      return escapes;
    }

    @Override
    public SerializableString getEscapeSequence(int character) {
      return character == '/' ? new SerializedString("\\/") : null;
    }
  }
}
