package io.tokenwarden.twin.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.logging.Log;
import io.tokenwarden.twin.calls.CallLog;
import io.tokenwarden.twin.faults.Fault;
import io.tokenwarden.twin.faults.Faults;
import io.tokenwarden.twin.limits.Limits;
import io.tokenwarden.twin.world.IssuedToken;
import io.tokenwarden.twin.world.MetaApp;
import io.tokenwarden.twin.world.Secret;
import io.tokenwarden.twin.world.Tokens;
import io.tokenwarden.twin.world.World;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.stream.Stream;

/// Serves one call: limits first, then faults, then the API, then usage headers and the call log.
@Singleton
final class GraphService {

  private final GraphApi api;
  private final Charges charges;
  private final Limits limits;
  private final Usage usage;
  private final Faults faults;
  private final CallLog calls;
  private final Credentials credentials;
  private final Tokens tokens;
  private final World world;
  private final TraceIds traceIds;

  @Inject
  GraphService(
      GraphApi api,
      Charges charges,
      Limits limits,
      Usage usage,
      Faults faults,
      CallLog calls,
      Credentials credentials,
      Tokens tokens,
      World world,
      TraceIds traceIds) {
    this.api = api;
    this.charges = charges;
    this.limits = limits;
    this.usage = usage;
    this.faults = faults;
    this.calls = calls;
    this.credentials = credentials;
    this.tokens = tokens;
    this.world = world;
    this.traceIds = traceIds;
  }

  /// @param path as the caller wrote it, without the query
  Served serve(GraphRequest request, String path) {
    var quotas = charges.of(request);
    var verdict = limits.judge(quotas);
    var fault = verdict.refusedBy().isEmpty() ? faults.take(path) : Optional.<Fault>empty();
    var answer =
        verdict
            .refusedBy()
            .map(quota -> error(GraphError.throttled(quota)))
            .or(() -> fault.filter(it -> it.status() != null).map(it -> faulty(it, request)))
            .orElseGet(() -> answer(request))
            .with(usage.count(quotas, verdict.readings()));
    log(request, path, answer);
    return new Served(
        answer,
        fault.map(Fault::delay).orElse(Duration.ZERO),
        fault.filter(Fault::lost).isPresent());
  }

  private GraphAnswer answer(GraphRequest request) {
    try {
      return GraphAnswer.ok(api.answer(request));
    } catch (GraphException e) {
      return error(e.error());
    } catch (RuntimeException e) {
      Log.error("A Graph call could not be answered", e);
      return error(GraphError.unknown());
    }
  }

  private GraphAnswer error(GraphError error) {
    return GraphAnswer.of(error, traceIds.next());
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
      error.put("fbtrace_id", traceIds.next());
    }
    return copy;
  }

  private void log(GraphRequest request, String path, GraphAnswer answer) {
    calls.add(
        request.method(),
        path,
        label(request.credential()),
        inputLabel(request),
        request.grantType().orElse(null),
        answer.status(),
        answer.code(),
        answer.subcode());
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

  /// An answer, and how long it is kept back.
  ///
  /// @param lost whether a batch does not get to know it
  record Served(GraphAnswer answer, Duration delay, boolean lost) {}
}
