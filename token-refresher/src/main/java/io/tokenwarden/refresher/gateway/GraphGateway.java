package io.tokenwarden.refresher.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.graph.ErrorCategory;
import io.tokenwarden.graphclient.GatewayAnswer;
import io.tokenwarden.graphclient.GatewayAnswer.Failed;
import io.tokenwarden.graphclient.GatewayAnswer.Page;
import io.tokenwarden.graphclient.GraphClient;
import io.tokenwarden.graphclient.GraphEdge;
import io.tokenwarden.graphclient.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// Lists what a connection may do and reach, to the end.
@ApplicationScoped
public class GraphGateway {
  private static final String AD_ACCOUNT_FIELDS =
      "account_id,name,account_status,currency,timezone_name";
  private static final String PAGE_SIZE = "100";

  /// A list that never ends is none.
  private static final int MOST_PAGES = 1_000;

  private final GraphClient graph;

  @Inject
  GraphGateway(GraphClient graph) {
    this.graph = graph;
  }

  /// Rows of `permission` and `status`.
  public Uni<Listing> permissions(ConnectionId connection) {
    return read(GraphEdge.ofMe(connection, "permissions"), Map.of());
  }

  /// Rows of `account_id` (digits), `name`, `account_status`, `currency`, `timezone_name`.
  public Uni<Listing> adAccounts(ConnectionId connection) {
    return read(
        GraphEdge.ofMe(connection, "adaccounts"),
        Map.of("fields", AD_ACCOUNT_FIELDS, "limit", PAGE_SIZE));
  }

  private Uni<Listing> read(GraphEdge edge, Map<String, String> query) {
    return new Reading(graph, edge).from(query, 1);
  }

  /// One list being read, page after page.
  private static final class Reading {
    private final GraphClient graph;
    private final GraphEdge edge;
    private final List<JsonNode> rows = new ArrayList<>();
    private OptionalLong generation = OptionalLong.empty();

    Reading(GraphClient graph, GraphEdge edge) {
      this.graph = graph;
      this.edge = edge;
    }

    Uni<Listing> from(Map<String, String> query, int page) {
      return graph.page(edge, Priority.BACKFILL, query).chain(answer -> follow(answer, page));
    }

    private Uni<Listing> follow(GatewayAnswer answer, int number) {
      return switch (answer) {
        case Failed(var category, var retryAfter, _) ->
            Uni.createFrom().item(new Listing.Broken(category, retryAfter));
        case Page page -> follow(page, number);
      };
    }

    private Uni<Listing> follow(Page page, int number) {
      if (number > 1 && !page.generation().equals(generation)) {
        return broken(ErrorCategory.TRANSIENT);
      }
      generation = page.generation();
      rows.addAll(page.rows());
      if (page.next().isEmpty()) {
        return Uni.createFrom().item(new Listing.Complete(List.copyOf(rows), generation));
      }
      return number == MOST_PAGES
          ? broken(ErrorCategory.SERVER_ERROR)
          : from(page.next().get(), number + 1);
    }

    private static Uni<Listing> broken(ErrorCategory category) {
      return Uni.createFrom().item(new Listing.Broken(category, Duration.ZERO));
    }
  }
}
