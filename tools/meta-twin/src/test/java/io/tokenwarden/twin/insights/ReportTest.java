package io.tokenwarden.twin.insights;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.twin.world.AdAccount;
import io.tokenwarden.twin.world.Campaign;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final Days YEAR = new Days(LocalDate.of(2025, 1, 1), LocalDate.of(2025, 12, 31));
  private static final List<Days> DAY_BY_DAY = YEAR.each().map(day -> new Days(day, day)).toList();

  private final AdAccount account =
      AdAccount.active(
          "1080000000000007",
          "North",
          ZoneOffset.UTC,
          "EUR",
          List.of(
              Campaign.active("120210000000000010", "Spring"),
              Campaign.active("120210000000000020", "Brand"),
              Campaign.active("120210000000000030", "Sale")));

  @Test
  void saysTheSameWheneverItIsAsked() {
    // given
    var before = new Report(account).rows(Level.AD, DAY_BY_DAY);

    // when
    var after = new Report(account).rows(Level.AD, DAY_BY_DAY);

    // then
    assertThat(after).isEqualTo(before).isNotEmpty();
  }

  @Test
  void sumsUpExactlyFromLevelToLevel() {
    // given
    var report = new Report(account);

    // when
    var spend =
        List.of(Level.values()).stream()
            .collect(Collectors.toMap(level -> level, level -> spendByDay(report, level)));

    // then
    assertThat(spend.values()).allSatisfy(one -> assertThat(one).isEqualTo(spend.get(Level.AD)));
    assertThat(spend.get(Level.ACCOUNT).values())
        .allSatisfy(amount -> assertThat(amount.scale()).isEqualTo(2));
  }

  @Test
  void sumsUpExactlyOverDays() {
    // given
    var report = new Report(account);
    var dayByDay = total(report.rows(Level.ACCOUNT, DAY_BY_DAY));

    // when
    var asOne = report.rows(Level.ACCOUNT, List.of(YEAR));

    // then
    assertThat(asOne).hasSize(1);
    assertThat(total(asOne)).isEqualTo(dayByDay);
  }

  @Test
  void hasNoRowForDaysWithoutDelivery() {
    // given
    var report = new Report(account);

    // when
    var rows = report.rows(Level.ACCOUNT, DAY_BY_DAY);

    // then
    assertThat(rows).hasSizeBetween(300, 350);
    assertThat(rows).allSatisfy(row -> assertThat(row.metrics().impressions()).isPositive());
  }

  private static Map<LocalDate, BigDecimal> spendByDay(Report report, Level level) {
    return report.rows(level, DAY_BY_DAY).stream()
        .collect(
            Collectors.toMap(
                row -> row.days().since(), row -> row.metrics().spend(), BigDecimal::add));
  }

  private static BigDecimal total(List<Row> rows) {
    return rows.stream().map(row -> row.metrics().spend()).reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
