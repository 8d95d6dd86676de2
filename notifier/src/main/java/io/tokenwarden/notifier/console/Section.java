package io.tokenwarden.notifier.console;

import java.util.List;

/// The connections of one workspace, those that need somebody first.
public record Section(String workspaceId, List<Card> cards) {
  public Section {
    cards = List.copyOf(cards);
  }

  /// How many need somebody.
  public int troubled() {
    return (int) cards.stream().filter(card -> card.status().look().troubled()).count();
  }
}
