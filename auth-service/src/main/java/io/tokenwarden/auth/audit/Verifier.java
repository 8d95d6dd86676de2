package io.tokenwarden.auth.audit;

import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.audit.Verification.Break;
import io.tokenwarden.auth.audit.Verification.Kind;
import io.tokenwarden.auth.audit.Verification.Unsealed;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.util.Optional;

/// Computes the chain anew and compares. One call looks at a bounded stretch and says where to go
/// on, so that no log is too long to be verified.
@ApplicationScoped
class Verifier {
  /// One statement, so that all of it is of one moment.
  private static final String STATE =
      """
      select head.position, head.hash,
        (select max(position) from audit_log) as last,
        (select count(*) from audit_log where position is null) as unsealed,
        (select min(at) from audit_log where position is null) as unsealed_since,
        exists (select from audit_log where position = $1 and hash = $2) as known
      from audit_head head
      """;

  private static final String STRETCH =
      """
      select id, at, actor, action, workspace_id, connection_id, detail, position, hash
      from audit_log
      where position > $1 and position <= $2
      order by position
      limit $3
      """;

  private final Pool pool;

  @Inject
  Verifier(Pool pool) {
    this.pool = pool;
  }

  /// @param from a place that is known to be right: the start, or one that was noted down
  /// @param most how many entries to look at
  Uni<Verification> verify(Link from, int most) {
    return state(from)
        .chain(state ->
            state
                .brokenBefore(from)
                .map(broken -> Uni.createFrom().item(state.verification(from, 0, broken)))
                .orElseGet(() -> walk(state, from, most)));
  }

  private Uni<State> state(Link from) {
    return pool.preparedQuery(STATE)
        .execute(Tuple.of(from.position(), Buffer.buffer(from.hash())))
        .map(rows -> State.of(rows.iterator().next(), from));
  }

  private Uni<Verification> walk(State state, Link from, int most) {
    return pool.preparedQuery(STRETCH)
        .execute(Tuple.of(from.position(), state.head().position(), most))
        .map(rows -> walk(state, from, rows));
  }

  private static Verification walk(State state, Link from, RowSet<Row> rows) {
    var chain = new Chain(from);
    for (var row : rows) {
      var broken = chain.next(Entry.of(row), Link.of(row));
      if (broken.isPresent()) {
        return state.verification(chain.reached(), rows.size(), broken.get());
      }
    }
    return state.verification(chain.reached(), rows.size(), null);
  }

  /// The ends of the log at one moment.
  ///
  /// @param last the last position there is an entry at; 0 if there is none
  /// @param known whether the log holds the place the walk begins at
  private record State(Link head, long last, Unsealed unsealed, boolean known) {

    static State of(Row row, Link from) {
      var since = Optional.ofNullable(row.getOffsetDateTime("unsealed_since"));
      return new State(
          Link.of(row),
          Optional.ofNullable(row.getLong("last")).orElse(0L),
          new Unsealed(row.getLong("unsealed"), since.map(OffsetDateTime::toInstant).orElse(null)),
          from.equals(Link.START) || row.getBoolean("known"));
    }

    /// What is wrong without looking at a single entry.
    Optional<Break> brokenBefore(Link from) {
      if (last < head.position()) {
        return Optional.of(
            new Break(
                Kind.TRUNCATED,
                last + 1,
                null,
                "The log was sealed through %d and ends at %d".formatted(head.position(), last)));
      }
      if (last > head.position()) {
        return Optional.of(
            new Break(
                Kind.INSERTED,
                head.position() + 1,
                null,
                "The log was sealed through %d and goes on to %d"
                    .formatted(head.position(), last)));
      }
      return known ? Optional.empty() : Optional.of(unknown(from));
    }

    private Break unknown(Link from) {
      return from.position() > last
          ? new Break(Kind.TRUNCATED, from.position(), null, "The log ends at " + last)
          : new Break(
              Kind.CHANGED,
              from.position(),
              null,
              "The log up to here is not the one whose hash was noted down");
    }

    /// @param broken null if nothing is
    Verification verification(Link reached, long checked, Break broken) {
      var finding = Optional.ofNullable(broken).or(() -> endMissing(reached, checked));
      var atTheEnd = reached.position() == head.position();
      return new Verification(
          finding.isEmpty(),
          checked,
          reached.toString(),
          finding.orElse(null),
          unsealed,
          finding.isPresent() || atTheEnd ? null : reached.toString());
    }

    /// The walk came to the end of the log, which is not the end that was sealed.
    private Optional<Break> endMissing(Link reached, long checked) {
      return reached.position() == head.position() && !reached.equals(head)
          ? Optional.of(
              new Break(
                  Kind.CHANGED,
                  head.position(),
                  null,
                  "The entries lead to another hash than the one that was sealed"))
          : Optional.empty();
    }
  }
}
