package io.tokenwarden.bench;

import java.util.ArrayList;
import java.util.List;

/// One line of a table: ours and the peer's figure of each round.
///
/// @param what was measured
/// @param unit of both
/// @param ours a figure per round
/// @param peer of the same rounds
/// @param peerIs what the peer is
record Measure(String what, String unit, List<Double> ours, String peerIs, List<Double> peer) {

  Measure {
    if (ours.isEmpty() || ours.size() != peer.size()) {
      throw new IllegalArgumentException("A figure of each for every round: " + what);
    }
    ours = List.copyOf(ours);
    peer = List.copyOf(peer);
  }

  Spread oursSpread() {
    return Spread.of(ours);
  }

  Spread peerSpread() {
    return Spread.of(peer);
  }

  /// Of ours to the peer, round by round.
  Spread ratio() {
    var ratios = new ArrayList<Double>();
    for (int round = 0; round < ours.size(); round++) {
      ratios.add(ours.get(round) / peer.get(round));
    }
    return Spread.of(ratios);
  }

  /// Ours less the peer, round by round.
  Spread difference() {
    var differences = new ArrayList<Double>();
    for (int round = 0; round < ours.size(); round++) {
      differences.add(ours.get(round) - peer.get(round));
    }
    return Spread.of(differences);
  }
}
