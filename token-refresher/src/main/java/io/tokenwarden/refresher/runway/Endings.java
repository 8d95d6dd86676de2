package io.tokenwarden.refresher.runway;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.contracts.ExpiryClock;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.refresher.runway.Runway.Week;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hibernate.reactive.mutiny.Mutiny;

/// The ends of all clocks, read from what is known of each connection. Within a session.
@ApplicationScoped
class Endings {

  /// The clocks of living connections that run out by then.
  private static final String ENDS =
      """
      with ends as (
        select connection_id, cast(state as text) as state, clock, ends_at
        from connection_state cross join lateral (values
          ('TOKEN', cast(state #>> '{health,expiresAt}' as timestamptz)),
          ('DATA_ACCESS', cast(state #>> '{health,dataAccessExpiresAt}' as timestamptz)),
          ('ROTATION_POLICY', (
            select cast(each ->> 'until' as timestamptz)
            from jsonb_array_elements(state #> '{health,conditions}') each
            where each ->> 'condition' = 'EXPIRING' and each ->> 'subject' = 'ROTATION_POLICY'
            limit 1))
        ) clocks(clock, ends_at)
        where (:all or workspace_id = any(string_to_array(:workspaces, ' ')))
          and state #>> '{health,lifecycle}' = 'CONNECTED'
          and state #>> '{health,tokenStatus}' = 'ACTIVE'
          and ends_at <= :until)
      """;

  private static final String PAGE =
      ENDS
          + """
          select state, clock, ends_at from ends
          where (ends_at, connection_id, clock) > (:end, :connection, :clock)
          order by ends_at, connection_id, clock limit :size
          """;

  private static final String WEEKS =
      ENDS
          + """
          select cast(date_trunc('week', ends_at at time zone 'UTC') as date), clock, count(*)
          from ends group by 1, 2 order by 1, 2
          """;

  private final ObjectMapper json;
  private final Clock clock;

  @Inject
  Endings(ObjectMapper json, Clock clock) {
    this.json = json;
    this.clock = clock;
  }

  /// @param workspaces whose; [WorkspaceId#ALL] among them stands for every workspace
  /// @param within how far ahead is looked
  /// @param size how many ends at most
  Uni<Runway> within(Set<WorkspaceId> workspaces, Duration within, Place after, int size) {
    var now = clock.instant();
    return Panache.getSession()
        .chain(session ->
            page(session, workspaces, now.plus(within), after, size)
                .chain(rows ->
                    weeks(session, workspaces, now.plus(within))
                        .map(weeks -> runway(now, rows, weeks, size))));
  }

  private static Uni<List<Object[]>> page(
      Mutiny.Session session, Set<WorkspaceId> workspaces, Instant until, Place after, int size) {
    return asked(session.createNativeQuery(PAGE, Object[].class), workspaces, until)
        .setParameter("end", after.end())
        .setParameter("connection", after.connection())
        .setParameter("clock", after.clock().name())
        .setParameter("size", size)
        .getResultList();
  }

  private static Uni<List<Object[]>> weeks(
      Mutiny.Session session, Set<WorkspaceId> workspaces, Instant until) {
    return asked(session.createNativeQuery(WEEKS, Object[].class), workspaces, until)
        .getResultList();
  }

  private static Mutiny.SelectionQuery<Object[]> asked(
      Mutiny.SelectionQuery<Object[]> query, Set<WorkspaceId> workspaces, Instant until) {
    return query
        .setParameter("all", workspaces.contains(WorkspaceId.ALL))
        .setParameter("workspaces", words(workspaces))
        .setParameter("until", until);
  }

  /// No workspace id contains a space.
  private static String words(Set<WorkspaceId> workspaces) {
    return String.join(" ", workspaces.stream().map(WorkspaceId::value).toList());
  }

  private Runway runway(Instant now, List<Object[]> rows, List<Object[]> weeks, int size) {
    var items = rows.stream().map(row -> ending(row, now)).toList();
    var next = items.size() < size ? null : Place.of(items.getLast()).toString();
    return new Runway(now, items, weeks(weeks), next);
  }

  private Ending ending(Object[] row, Instant now) {
    return Ending.of(
        state((String) row[0]),
        ExpiryClock.valueOf((String) row[1]),
        ((OffsetDateTime) row[2]).toInstant(),
        now);
  }

  private ConnectionState state(String text) {
    try {
      return json.readValue(text, ConnectionState.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("A state that we wrote ourselves", e);
    }
  }

  private static List<Week> weeks(List<Object[]> rows) {
    Map<LocalDate, Map<ExpiryClock, Long>> weeks =
        rows.stream()
            .collect(
                groupingBy(
                    row -> (LocalDate) row[0],
                    TreeMap::new,
                    toMap(
                        row -> ExpiryClock.valueOf((String) row[1]),
                        row -> ((Number) row[2]).longValue())));
    return weeks.entrySet().stream().map(week -> new Week(week.getKey(), week.getValue())).toList();
  }
}
