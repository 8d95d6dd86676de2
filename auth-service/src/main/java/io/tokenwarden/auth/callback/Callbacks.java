package io.tokenwarden.auth.callback;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.uuid.Generators;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.app.MetaApp;
import io.tokenwarden.auth.audit.AuditLog;
import io.tokenwarden.auth.connection.JsonColumn;
import io.tokenwarden.contracts.WorkspaceId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What Meta said, from the moment it was believed until it is done.
@ApplicationScoped
class Callbacks {
  /// Whose deed it is: Meta has no bearer.
  static final String META = "meta";

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  private static final String ADD =
      """
      insert into meta_callback
        (id, message_hash, app_id, kind, subject, happened_at, received_at, due_at, code_hash)
      select id, decode(message, 'hex'), app, kind, subject, happened, :now, :now, decode(code, 'hex')
      from jsonb_to_recordset(cast(cast(:rows as text) as jsonb)) as said
        (id uuid, message text, app text, kind text, subject text, happened timestamptz, code text)
      on conflict (message_hash) do nothing
      """;

  private static final String DUE =
      """
      select cast(id as text), app_id, kind, subject, happened_at, attempts from meta_callback
      where done_at is null and due_at <= :now
      order by due_at
      limit 1
      for update skip locked
      """;

  private final AuditLog audit;
  private final Clock clock;

  @Inject
  Callbacks(AuditLog audit, Clock clock) {
    this.audit = audit;
    this.clock = clock;
  }

  /// A message as a row.
  private record Row(
      UUID id,
      String message,
      String app,
      String kind,
      String subject,
      Instant happened,
      @JsonProperty("code") String codeHash) {
    static Row of(Message said) {
      return new Row(
          Generators.timeBasedEpochGenerator().generate(),
          said.hash(),
          said.appId(),
          said.kind().name(),
          said.subject(),
          said.happenedAt(),
          said.code().map(code -> HexFormat.of().formatHex(code.hash())).orElse(null));
    }
  }

  /// Keeps what was not said before, and writes down that it was said.
  ///
  /// @return how much of it is new
  @WithTransaction
  Uni<Integer> take(MetaApp app, Kind kind, List<Message> said) {
    // in one order, so that two deliveries of the same do not wait for each other
    var rows = said.stream().map(Row::of).sorted(Comparator.comparing(Row::message)).toList();
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(ADD)
                .setParameter("rows", JsonColumn.write(rows))
                .setParameter("now", clock.instant())
                .executeUpdate())
        .call(added -> added == 0 ? Uni.createFrom().voidItem() : record(app, kind, added));
  }

  private Uni<Void> record(MetaApp app, Kind kind, int added) {
    return audit.add(
        META,
        "meta.callback.received",
        owner(app),
        null,
        "%s of app %s, %d new".formatted(kind.code(), app.appId(), added));
  }

  /// Who is to read about the app.
  static WorkspaceId owner(MetaApp app) {
    return app.managed() ? WorkspaceId.ALL : app.owner();
  }

  /// The one that has waited longest; whoever claims it has until the pause is over. Empty if none
  /// is due.
  @WithTransaction
  Uni<Optional<Claimed>> claim() {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(DUE, Object[].class)
                .setParameter("now", clock.instant())
                .getSingleResultOrNull())
        .map(row -> Optional.ofNullable(row).map(Claimed::of))
        .call(claimed -> claimed.map(this::postpone).orElse(Uni.createFrom().voidItem()));
  }

  private Uni<Void> postpone(Claimed claimed) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(
                    "update meta_callback set attempts = :attempt, due_at = :due where id = :id")
                .setParameter("attempt", claimed.attempt())
                .setParameter("due", clock.instant().plus(pause(claimed.attempt())))
                .setParameter("id", claimed.id())
                .executeUpdate())
        .replaceWithVoid();
  }

  static Duration pause(int attempt) {
    var doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(attempt - 1, 10));
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }

  /// Within the transaction of what followed from it. Which person it was about is forgotten: a
  /// message may be the last that is known of somebody.
  ///
  /// @return false if it was done meanwhile, or claimed by another: nothing may follow then
  Uni<Boolean> done(Claimed claimed) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(
                    """
                    update meta_callback set done_at = :now,
                      subject = case when kind = 'AD_ACCOUNT' then subject end
                    where id = :id and done_at is null and attempts = :attempt
                    """)
                .setParameter("now", clock.instant())
                .setParameter("id", claimed.id())
                .setParameter("attempt", claimed.attempt())
                .executeUpdate())
        .map(updated -> updated == 1);
  }

  /// Within the same transaction: not all was deleted, for the person has connected anew.
  Uni<Void> consentedSince(Claimed deletion) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery("update meta_callback set consented_since = true where id = :id")
                .setParameter("id", deletion.id())
                .executeUpdate())
        .replaceWithVoid();
  }

  /// How the deletion with that code stands.
  ///
  /// @return empty if there is none
  @WithSession
  Uni<Optional<Deletion>> deletion(String appId, ConfirmationCode code) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(
                    """
                    select case when done_at is null then 'UNDER_WAY'
                      when consented_since then 'CONSENTED_SINCE' else 'DONE' end
                    from meta_callback
                    where code_hash = :code and app_id = :app
                    """,
                    String.class)
                .setParameter("code", code.hash())
                .setParameter("app", appId)
                .getSingleResultOrNull())
        .map(found -> Optional.ofNullable(found).map(Deletion::valueOf));
  }
}
