package io.tokenwarden.twin.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.logging.Log;
import io.tokenwarden.twin.calls.CallLog;
import io.tokenwarden.twin.faults.Fault;
import io.tokenwarden.twin.faults.Faults;
import io.tokenwarden.twin.world.IssuedToken;
import io.tokenwarden.twin.world.MetaApp;
import io.tokenwarden.twin.world.Secret;
import io.tokenwarden.twin.world.Tokens;
import io.tokenwarden.twin.world.World;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Every path that belongs neither to the dialog nor to the twin itself is a Graph call: faults
/// first, then the API, then usage headers and the call log, then the answer.
@Singleton
final class GraphRoutes {

  private static final String GRAPH_PATHS =
      "/(?!twin(?:/|$)|control(?:/|$)|q(?:/|$)|(?:v\\d+\\.\\d+/)?dialog/).+";

  private static final char[] TRACE_LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_".toCharArray();

  private final GraphApi api;
  private final Usage usage;
  private final Faults faults;
  private final CallLog calls;
  private final Credentials credentials;
  private final Tokens tokens;
  private final World world;
  private final SecureRandom random = new SecureRandom();

  @Inject
  GraphRoutes(
      GraphApi api,
      Usage usage,
      Faults faults,
      CallLog calls,
      Credentials credentials,
      Tokens tokens,
      World world) {
    this.api = api;
    this.usage = usage;
    this.faults = faults;
    this.calls = calls;
    this.credentials = credentials;
    this.tokens = tokens;
    this.world = world;
  }

  void install(@Observes Router router) {
    router
        .routeWithRegex(GRAPH_PATHS)
        .handler(BodyHandler.create(false))
        .blockingHandler(this::handle, false);
  }

  private void handle(RoutingContext context) {
    var path = context.request().path();
    var request = request(context);
    var fault = faults.take(path);
    var answer =
        fault
            .filter(it -> it.status() != null)
            .map(it -> faulty(it, request))
            .orElseGet(() -> answer(request))
            .with(usage.count(request));
    calls.add(
        request.method(),
        path,
        label(request.credential()),
        inputLabel(request),
        request.grantType().orElse(null),
        answer.status(),
        answer.code(),
        answer.subcode());
    var delay = fault.map(Fault::delay).orElse(Duration.ZERO);
    if (delay.isPositive()) {
      context.vertx().setTimer(delay.toMillis(), _ -> send(context, request, answer));
    } else {
      send(context, request, answer);
    }
  }

  private GraphAnswer answer(GraphRequest request) {
    try {
      return GraphAnswer.ok(api.answer(request));
    } catch (GraphException e) {
      return GraphAnswer.of(e.error(), traceId());
    } catch (RuntimeException e) {
      Log.error("A Graph call could not be answered", e);
      return GraphAnswer.of(GraphError.unknown(), traceId());
    }
  }

  private GraphAnswer faulty(Fault fault, GraphRequest request) {
    var headers = new LinkedHashMap<String, String>();
    fault
        .headers()
        .forEach((name, value) ->
            headers.put(name, value.replace("{account}", request.adAccount().orElse("0"))));
    return new GraphAnswer(fault.status(), traced(fault.body()), fault.contentType(), headers);
  }

  /// An error envelope always names a trace.
  private JsonNode traced(JsonNode body) {
    if (body == null) {
      return JsonNodeFactory.instance.textNode("");
    }
    var copy = body.deepCopy();
    if (copy.path("error") instanceof ObjectNode error && !error.has("fbtrace_id")) {
      error.put("fbtrace_id", traceId());
    }
    return copy;
  }

  private void send(RoutingContext context, GraphRequest request, GraphAnswer answer) {
    var response = context.response().setStatusCode(answer.status());
    response.putHeader("Content-Type", answer.contentType());
    response.putHeader("facebook-api-version", request.version());
    response.putHeader("x-fb-trace-id", traceId(answer));
    answer.headers().forEach(response::putHeader);
    response.end(
        answer.body().isTextual() ? answer.body().textValue() : GraphJson.write(answer.body()));
  }

  private String traceId(GraphAnswer answer) {
    var inBody = answer.body().path("error").path("fbtrace_id");
    return inBody.isTextual() ? inBody.textValue() : traceId();
  }

  private String traceId() {
    var id = new StringBuilder("A");
    random.ints(22, 0, TRACE_LETTERS.length).forEach(letter -> id.append(TRACE_LETTERS[letter]));
    return id.toString();
  }

  private String label(Secret value) {
    if (value == null) {
      return null;
    }
    return tokens
        .of(value)
        .map(IssuedToken::label)
        .or(() -> credentials.literal(value).map(this::label))
        .orElse(null);
  }

  private String label(MetaApp app) {
    return app.id().equals(world.managedApp().id()) ? "app" : "app:" + app.id();
  }

  private String inputLabel(GraphRequest request) {
    return Stream.of("input_token", "fb_exchange_token", "revoke_token")
        .map(request::secretParameter)
        .flatMap(Optional::stream)
        .findFirst()
        .map(this::label)
        .orElse(null);
  }

  private static GraphRequest request(RoutingContext context) {
    var http = context.request();
    return GraphRequest.of(
        http.method().name(),
        http.path(),
        parameters(context),
        http.getHeader("Authorization"),
        http.scheme() + "://" + http.authority());
  }

  /// Query and body together; what is said twice counts as it is said first.
  private static Map<String, String> parameters(RoutingContext context) {
    var parameters = new LinkedHashMap<String, String>();
    putAll(parameters, context.queryParams());
    putAll(parameters, context.request().formAttributes());
    return parameters;
  }

  private static void putAll(Map<String, String> parameters, MultiMap more) {
    more.forEach(entry -> parameters.putIfAbsent(entry.getKey(), entry.getValue()));
  }
}
