package io.tokenwarden.gateway.call;

import io.tokenwarden.gateway.call.MetaAnswer.Answered;
import io.tokenwarden.gateway.request.BatchItem;
import io.tokenwarden.gateway.request.GraphRequest;
import io.tokenwarden.graph.GraphError;
import io.tokenwarden.graph.Meaning;
import io.tokenwarden.graph.Suspicion;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/// What failed of a batch whose answer succeeded.
///
/// @param known whether the answer could be read to its end
/// @param failures by the position of their items
record ItemFailures(boolean known, SortedMap<Integer, GraphError> failures) {

  static ItemFailures of(Answered answer, GraphRequest batch) {
    List<Optional<GraphError>> found =
        answer.rest() == null ? GraphError.parseBatch(answer.text()) : List.of();
    SortedMap<Integer, GraphError> failures = new TreeMap<>();
    for (int i = 0; i < Math.min(found.size(), batch.items().size()); i++) {
      if (found.get(i).isPresent() && !isLeftOut(found.get(i).get(), batch.items().get(i))) {
        failures.put(i, found.get(i).get());
      }
    }
    return new ItemFailures(found.size() == batch.items().size(), failures);
  }

  private static boolean isLeftOut(GraphError error, BatchItem item) {
    return error.form() == GraphError.Form.UNANSWERED && item.mayBeLeftOut();
  }

  /// The first item that failed in a way that gives reason to ask this.
  Optional<Integer> first(Suspicion suspicion) {
    return failures.keySet().stream()
        .filter(item -> failures.get(item).meaning().suspicion() == suspicion)
        .findFirst();
  }

  /// As `X-Tokenwarden-Batch` says it: `0=RATE_LIMITED,3=TRANSIENT`; empty if nothing failed, and
  /// `unknown` if that cannot be told.
  ///
  /// @param meaning of a failure at a position
  String header(BiFunction<Integer, GraphError, Meaning> meaning) {
    return known
        ? failures.entrySet().stream()
            .map(it -> it.getKey() + "=" + meaning.apply(it.getKey(), it.getValue()).category())
            .collect(Collectors.joining(","))
        : "unknown";
  }
}
