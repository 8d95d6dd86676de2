package io.tokenwarden.system.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenwarden.system.stack.RunningStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The tokens that the running stack's twin has issued. Its folder is the only place that may hold
/// them; it is where they are read.
public final class TwinTokens {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern LONG_TEXT = Pattern.compile("[A-Za-z0-9_-]{100,}");

  private TwinTokens() {}

  public static List<Needle> of(RunningStack stack) {
    var secrets = new ArrayList<Needle>();
    texts(state(stack)).stream()
        .filter(text -> LONG_TEXT.matcher(text).matches())
        .distinct()
        .forEach(text -> secrets.add(new Needle("token " + (secrets.size() + 1), text)));
    return secrets;
  }

  private static JsonNode state(RunningStack stack) {
    try {
      return JSON.readTree(stack.twinFolder().resolve("state.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> texts(JsonNode tree) {
    var texts = new ArrayList<String>();
    collect(tree, texts);
    return texts;
  }

  private static void collect(JsonNode node, List<String> texts) {
    node.fields()
        .forEachRemaining(field -> {
          texts.add(field.getKey());
          collect(field.getValue(), texts);
        });
    if (node.isArray()) {
      node.forEach(item -> collect(item, texts));
    }
    if (node.isTextual()) {
      texts.add(node.asText());
    }
  }
}
