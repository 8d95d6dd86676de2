package io.tokenwarden.twin.graph;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenwarden.twin.graph.GraphService.Served;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/// Several calls in one. Each is served as if it had come by itself: it counts, meets faults and is
/// in the call log, and what becomes of it is in its own item of an answer that succeeds.
@Singleton
final class Batch {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST = 50;
  private static final String PARAMETER = "batch";

  private final GraphService service;
  private final TraceIds traceIds;

  @Inject
  Batch(GraphService service, TraceIds traceIds) {
    this.service = service;
    this.traceIds = traceIds;
  }

  static boolean isOne(GraphRequest request) {
    return request.method().equals("POST")
        && request.segments().isEmpty()
        && request.parameter(PARAMETER).isPresent();
  }

  Served serve(GraphRequest outer) {
    try {
      return new Run(outer, operations(outer)).served();
    } catch (GraphException e) {
      return new Served(GraphAnswer.of(e.error(), traceIds.next()), Duration.ZERO, false);
    }
  }

  private static List<Operation> operations(GraphRequest outer) {
    var batch = json(outer.parameter(PARAMETER).orElseThrow());
    if (!batch.isArray()) {
      throw new GraphException(GraphError.invalidParameter("param batch must be an array."));
    }
    if (batch.size() > MOST) {
      throw new GraphException(GraphError.batchTooLarge(MOST));
    }
    return StreamSupport.stream(batch.spliterator(), false).map(Operation::of).toList();
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException _) {
      return JSON.missingNode();
    }
  }

  /// One batch from its first operation to its last.
  private final class Run {

    private final GraphRequest outer;
    private final List<Operation> operations;
    private final Set<String> needed = new HashSet<>();
    private final References results = new References();
    private final ArrayNode items = JsonNodeFactory.instance.arrayNode();
    private Duration delay = Duration.ZERO;

    Run(GraphRequest outer, List<Operation> operations) {
      this.outer = outer;
      this.operations = operations;
      operations.forEach(operation -> needed.addAll(operation.needs()));
    }

    Served served() {
      operations.forEach(operation -> items.add(item(operation)));
      return new Served(GraphAnswer.ok(items), delay, false);
    }

    private JsonNode item(Operation operation) {
      var served = operation.resolved(results).map(this::serve).orElseGet(this::refusal);
      delay = delay.compareTo(served.delay()) < 0 ? served.delay() : delay;
      if (served.lost()) {
        return JsonNodeFactory.instance.nullNode();
      }
      var answer = served.answer();
      if (answer.status() == 200) {
        results.put(operation.name(), answer.body());
      }
      return answer.status() == 200 && isOmitted(operation)
          ? JsonNodeFactory.instance.nullNode()
          : written(answer);
    }

    /// An answer that others need is left out unless it is asked for.
    private boolean isOmitted(Operation operation) {
      return operation.omitted().orElse(needed.contains(operation.name()));
    }

    private Served serve(Operation operation) {
      var request = request(operation);
      return service.serve(request, request.path());
    }

    private Served refusal() {
      return new Served(
          GraphAnswer.of(GraphError.dependencyFailed(), traceIds.next()), Duration.ZERO, false);
    }

    private GraphRequest request(Operation operation) {
      var url = operation.relativeUrl().split("\\?", 2);
      var parameters = new LinkedHashMap<String, String>();
      GraphBody.putForm(parameters, url.length == 2 ? url[1] : "");
      GraphBody.putForm(parameters, operation.body());
      parameters.replaceAll((_, value) -> results.resolved(value).orElse(value));
      return GraphRequest.of(operation.method(), path(url[0]), parameters, null, outer.origin())
          .within(outer);
    }

    private String path(String relative) {
      return GraphRequest.namesVersion(relative) ? relative : outer.version() + "/" + relative;
    }

    private ObjectNode written(GraphAnswer answer) {
      var item = JsonNodeFactory.instance.objectNode().put("code", answer.status());
      if (!outer.parameter("include_headers").equals(Optional.of("false"))) {
        var headers = item.putArray("headers");
        add(headers, Map.of("Content-Type", answer.contentType()));
        add(headers, answer.headers());
      }
      return item.put("body", answer.text());
    }

    private static void add(ArrayNode headers, Map<String, String> more) {
      more.forEach((name, value) -> headers.addObject().put("name", name).put("value", value));
    }
  }
}
