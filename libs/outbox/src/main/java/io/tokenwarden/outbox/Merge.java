package io.tokenwarden.outbox;

import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.Revised;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.OptionalLong;
import java.util.function.Function;

/// How a consumer keeps, of each thing, the newest state in its tables, by the one rule
/// ([Revised#supersedes]): lock, read, decide, write.
///
/// The states of a subject are merged by one transaction at a time, over all replicas, partitions
/// and topics of the service, known or not: what is derived from several of them is derived from
/// all. The lock is a statement of its own, so that what is read after it is what its last holder
/// committed; taken within the statement that reads, it would be read as it was before the wait.
@ApplicationScoped
public class Merge {

  private final TransactionLock lock;

  @Inject
  Merge(TransactionLock lock) {
    this.lock = lock;
  }

  /// Within the current transaction, which has the subject for itself from here to its end.
  ///
  /// @param subject what the states are about that are to be seen together. A transaction merges
  ///   about one subject only: with two, transactions could wait for each other
  /// @param known reads the revision that is known of the same thing; null if none is
  /// @param keep writes the state, over the known one if there is one
  /// @return whether the state was kept; if not, nothing changed
  public <S extends Revised> Uni<Boolean> merge(
      String subject, S state, Function<S, Uni<Long>> known, Function<S, Uni<Integer>> keep) {
    return lock.take(subject)
        .chain(() -> known.apply(state))
        .map(Merge::orNothing)
        .chain(revision ->
            state.supersedes(revision)
                ? keep.apply(state).replaceWith(true)
                : Uni.createFrom().item(false));
  }

  private static OptionalLong orNothing(Long revision) {
    return revision == null ? OptionalLong.empty() : OptionalLong.of(revision);
  }
}
