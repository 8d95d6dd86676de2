package io.tokenwarden.twin.graph;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.FileUpload;
import io.vertx.ext.web.RoutingContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What a call says beside its path: query, form, JSON and multipart bodies alike.
final class GraphBody {

  private static final ObjectMapper JSON = new ObjectMapper();

  private GraphBody() {}

  /// Query and body together; what is said twice counts as it is said first.
  static Map<String, String> parameters(RoutingContext context) {
    var parameters = new LinkedHashMap<String, String>();
    putAll(parameters, context.queryParams());
    putAll(parameters, context.request().formAttributes());
    if (isJson(context)) {
      json(context.body().asString())
          .properties()
          .forEach(member -> parameters.putIfAbsent(member.getKey(), text(member.getValue())));
    }
    return parameters;
  }

  /// Adds the fields of a form; what is there already stays.
  static void putForm(Map<String, String> parameters, String form) {
    Stream.of(form.split("&", -1))
        .filter(field -> !field.isEmpty())
        .forEach(field -> {
          var name = field.split("=", 2);
          parameters.putIfAbsent(decoded(name[0]), name.length == 2 ? decoded(name[1]) : "");
        });
  }

  static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return text;
    }
  }

  static List<Upload> uploads(RoutingContext context) {
    return context.fileUploads().stream().map(GraphBody::upload).toList();
  }

  private static Upload upload(FileUpload file) {
    return new Upload(file.name(), file.fileName(), Path.of(file.uploadedFileName()));
  }

  private static void putAll(Map<String, String> parameters, MultiMap more) {
    more.forEach(entry -> parameters.putIfAbsent(entry.getKey(), entry.getValue()));
  }

  private static boolean isJson(RoutingContext context) {
    var type = context.request().getHeader("Content-Type");
    return type != null && type.startsWith("application/json");
  }

  /// What is no JSON says nothing.
  private static JsonNode json(String body) {
    try {
      return body == null ? JSON.missingNode() : JSON.readTree(body);
    } catch (JsonProcessingException _) {
      return JSON.missingNode();
    }
  }

  private static String text(JsonNode value) {
    return value.isContainerNode() ? value.toString() : value.asText();
  }
}
