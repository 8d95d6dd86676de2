package io.tokenwarden.sync.run;

import io.tokenwarden.graphclient.GatewayAnswer.Page;
import io.tokenwarden.sync.insights.InsightsRow;
import io.tokenwarden.sync.insights.ReadDays;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One piece being read, page after page.
final class PieceReading {
  /// A list that never ends is none.
  private static final int MOST_PAGES = 2_000;

  private final Piece piece;
  private final Instant readAt;
  private final Map<Key, InsightsRow> rows = new LinkedHashMap<>();
  private Long generation;
  private int pages;

  /// @param readAt when its reading begins
  PieceReading(Piece piece, Instant readAt) {
    this.piece = piece;
    this.readAt = readAt.truncatedTo(ChronoUnit.MICROS);
  }

  /// Takes up the rows of a page.
  ///
  /// @return whether the page could be understood and there may be another
  boolean add(Page page) {
    page.generation().ifPresent(number -> generation = number);
    try {
      for (var json : page.rows()) {
        add(InsightsParser.row(piece.level(), json));
      }
      return ++pages <= MOST_PAGES;
    } catch (IllegalArgumentException | DateTimeException _) {
      return false;
    }
  }

  /// Should a row come twice because the list moved under the cursor, the later one is the newer.
  private void add(InsightsRow row) {
    if (!piece.days().contains(row.day())) {
      throw new IllegalArgumentException("An insights row is about a day nobody asked for");
    }
    rows.put(new Key(row.day(), row.entityId()), row);
  }

  ReadDays result(Claim claim) {
    return new ReadDays(
        claim.workspace(),
        claim.adAccount(),
        claim.zone(),
        piece.level(),
        piece.days(),
        readAt,
        generation,
        List.copyOf(rows.values()));
  }

  private record Key(LocalDate day, String entity) {}
}
