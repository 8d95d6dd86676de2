package io.tokenwarden.refresher.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.graph.ErrorCategory;
import io.tokenwarden.refresher.gateway.GatewayAnswer.Failed;
import io.tokenwarden.refresher.gateway.GatewayAnswer.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/// Lists what a connection may do and reach, to the end.
@ApplicationScoped
public class GraphGateway {
  private static final Logger LOG = Logger.getLogger(GraphGateway.class);
  private static final String PRIORITY = "backfill";
  private static final String AD_ACCOUNT_FIELDS =
      "account_id,name,account_status,currency,timezone_name";
  private static final String PAGE_SIZE = "100";

  /// A list that never ends is none.
  private static final int MOST_PAGES = 1_000;

  private final GatewayApi api;
  private final String version;

  @Inject
  GraphGateway(
      @RestClient GatewayApi api,
      @ConfigProperty(name = "meta.graph-version", defaultValue = "v25.0") String version) {
    this.api = api;
    this.version = version;
  }

  /// Rows of `permission` and `status`.
  public Uni<Listing> permissions(ConnectionId connection) {
    return read(
        query -> api.permissions(version, connection.toString(), PRIORITY, query), Map.of());
  }

  /// Rows of `account_id` (digits), `name`, `account_status`, `currency`, `timezone_name`.
  public Uni<Listing> adAccounts(ConnectionId connection) {
    return read(
        query -> api.adAccounts(version, connection.toString(), PRIORITY, query),
        Map.of("fields", AD_ACCOUNT_FIELDS, "limit", PAGE_SIZE));
  }

  private Uni<Listing> read(
      Function<Map<String, String>, Uni<Response>> call, Map<String, String> query) {
    return new Reading(call).from(query, 1);
  }

  /// One list being read, page after page.
  private static final class Reading {
    private final Function<Map<String, String>, Uni<Response>> call;
    private final List<JsonNode> rows = new ArrayList<>();
    private OptionalLong generation = OptionalLong.empty();

    Reading(Function<Map<String, String>, Uni<Response>> call) {
      this.call = call;
    }

    Uni<Listing> from(Map<String, String> query, int page) {
      return call.apply(query)
          .onFailure(WebApplicationException.class)
          .recoverWithItem(failure -> ((WebApplicationException) failure).getResponse())
          .map(GatewayAnswer::of)
          .onFailure()
          .recoverWithItem(Reading::unreachable)
          .chain(answer -> follow(answer, page));
    }

    private static GatewayAnswer unreachable(Throwable failure) {
      LOG.warnf("graph-gateway cannot be asked: %s", failure.toString());
      return new Failed(ErrorCategory.TRANSIENT, Duration.ZERO);
    }

    private Uni<Listing> follow(GatewayAnswer answer, int number) {
      return switch (answer) {
        case Failed(var category, var retryAfter) ->
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
