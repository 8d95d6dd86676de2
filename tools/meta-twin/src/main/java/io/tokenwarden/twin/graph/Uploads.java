package io.tokenwarden.twin.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tokenwarden.twin.world.AdAccount;
import io.tokenwarden.twin.world.AdObject;
import io.tokenwarden.twin.world.AdObject.Kind;
import io.tokenwarden.twin.world.AdObjects;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/// Images and videos that are sent to an ad account. The content is not kept, only what it hashes
/// to: for an image that is its name, so the same image twice is one.
@Singleton
final class Uploads {

  private static final String BYTES = "bytes";
  private static final String SOURCE = "source";

  private final AdObjects objects;

  @Inject
  Uploads(AdObjects objects) {
    this.objects = objects;
  }

  /// @param kind one that is made from a file
  JsonNode take(GraphRequest request, AdAccount account, Kind kind) {
    return switch (kind) {
      case IMAGE -> images(request, account);
      case VIDEO -> video(request, account);
      case CAMPAIGN, AD_SET, AD -> throw new IllegalArgumentException(kind + " is no file");
    };
  }

  /// The images of the `hashes` asked for; everything where none are named.
  Predicate<AdObject> wanted(GraphRequest request) {
    return request
        .parameter("hashes")
        .<Predicate<AdObject>>map(
            hashes -> it -> it.value("hash").filter(hashes::contains).isPresent())
        .orElse(_ -> true);
  }

  private JsonNode images(GraphRequest request, AdAccount account) {
    var hashes = hashesByName(request);
    if (hashes.isEmpty()) {
      throw new GraphException(
          GraphError.invalidParameter("The parameter filename or bytes is required"));
    }
    var answer = JsonNodeFactory.instance.objectNode();
    var images = answer.putObject("images");
    hashes.forEach((name, hash) -> {
      objects.put(image(account, name, hash));
      images.putObject(name).put("hash", hash).put("name", name);
    });
    return answer;
  }

  private static Map<String, String> hashesByName(GraphRequest request) {
    var hashes = new LinkedHashMap<String, String>();
    request.uploads().forEach(upload -> hashes.put(upload.fileName(), upload.hash()));
    request.parameter(BYTES).ifPresent(bytes -> hashes.put(BYTES, hash(bytes)));
    return hashes;
  }

  private static String hash(String base64) {
    try {
      return Upload.hash(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
    } catch (IllegalArgumentException _) {
      throw new GraphException(GraphError.invalidParameter("The parameter bytes is no Base64"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static AdObject image(AdAccount account, String name, String hash) {
    return new AdObject(
        account.id() + ":" + hash,
        Kind.IMAGE,
        account.id(),
        Map.of("name", name, "hash", hash, "status", "ACTIVE"));
  }

  private JsonNode video(GraphRequest request, AdAccount account) {
    var source =
        request.uploads().stream()
            .filter(upload -> upload.field().equals(SOURCE))
            .findFirst()
            .orElseThrow(() ->
                new GraphException(
                    GraphError.invalidParameter("The parameter source is required")));
    var values = new HashMap<String, String>();
    values.put("title", source.fileName());
    values.put("hash", source.hash());
    Kind.VIDEO
        .writable()
        .forEach(name -> request.parameter(name).ifPresent(value -> values.put(name, value)));
    return GraphJson.id(objects.make(account, Kind.VIDEO, values).id());
  }
}
