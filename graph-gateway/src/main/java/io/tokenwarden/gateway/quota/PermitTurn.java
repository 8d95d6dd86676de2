package io.tokenwarden.gateway.quota;

import java.util.Map;
import java.util.UUID;

/// What a replica says of its lease on one quota, and what it asks for.
///
/// @param lease a name that no other lease ever has
/// @param known whether the database has granted something under this lease before
/// @param wanted how many permits more
/// @param back how many it has and does not need
/// @param spent how many calls were over how many milliseconds ago, since the last turn
record PermitTurn(UUID lease, boolean known, long wanted, long back, Map<Long, Long> spent) {

  PermitTurn {
    spent = Map.copyOf(spent);
  }
}
