package io.tokenwarden.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.tokenwarden.contracts.Revised;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@QuarkusTest
class MergeIT {
  private static final String WAITING =
      """
      select count(*) from pg_locks join pg_stat_activity using (pid)
      where locktype = 'advisory' and not granted and usename = 'notifier'
      """;

  private record State(String id, long revision) implements Revised {}

  @Inject Merge merge;

  private final String subject = "subject " + UUID.randomUUID();
  private final String id = UUID.randomUUID().toString();
  private final CompletableFuture<Void> begun = new CompletableFuture<>();

  @Test
  void keepsTheNewestStateAndSaysWhetherItDid() {
    assertThat(List.of(merged(2), merged(1), merged(2), merged(3)))
        .containsExactly(true, false, false, true);
    assertThat(revisions()).containsExactly(3L);
  }

  @Test
  void anOlderStateThatWaitsForANewerOneSeesIt() {
    // given
    var mayEnd = new CompletableFuture<Void>();
    var newer = inBackground(2, mayEnd);
    await().until(() -> begun.isDone());

    // when
    var older = inBackground(1, CompletableFuture.completedFuture(null));
    await()
        .untilAsserted(
            () -> assertThat(TestDatabase.column(WAITING, Long.class)).containsExactly(1L));
    mayEnd.complete(null);

    // then
    assertThat(newer.join()).isTrue();
    assertThat(older.join()).isFalse();
    assertThat(revisions()).containsExactly(2L);
  }

  /// @param mayEnd its transaction stays open until then
  private CompletableFuture<Boolean> inBackground(long revision, CompletableFuture<Void> mayEnd) {
    return CompletableFuture.supplyAsync(
        () -> merged(revision, mayEnd), task -> new Thread(task).start());
  }

  private boolean merged(long revision) {
    return merged(revision, CompletableFuture.completedFuture(null));
  }

  private boolean merged(long revision, CompletableFuture<Void> mayEnd) {
    try {
      return VertxContextSupport.subscribeAndAwait(() ->
          Panache.withTransaction(() ->
              merge
                  .merge(subject, new State(id, revision), MergeIT::known, MergeIT::keep)
                  .invoke(() -> begun.complete(null))
                  .call(() -> until(mayEnd))));
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /// Goes on in the context of the session.
  private static Uni<Void> until(CompletableFuture<Void> mayEnd) {
    return Uni.createFrom()
        .completionStage(mayEnd)
        .emitOn(MutinyHelper.executor(Vertx.currentContext()));
  }

  private static Uni<Long> known(State state) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery("select revision from newest where id = :id", Long.class)
                .setParameter("id", state.id())
                .getSingleResultOrNull());
  }

  private static Uni<Integer> keep(State state) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(
                    """
                    insert into newest values (:id, :revision)
                    on conflict (id) do update set revision = excluded.revision
                    """)
                .setParameter("id", state.id())
                .setParameter("revision", state.revision())
                .executeUpdate());
  }

  private List<Long> revisions() {
    return TestDatabase.column("select revision from notifier.newest where id = ?", Long.class, id);
  }
}
