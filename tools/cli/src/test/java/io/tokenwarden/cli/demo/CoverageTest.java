package io.tokenwarden.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class CoverageTest {

  private static final Days THREE = new Days(LocalDate.of(2026, 3, 1), LocalDate.of(2026, 3, 3));

  @Test
  void hasNoHoleWhereEveryDayWasRead() {
    assertThat(coverage("final", "provisional").firstHole(THREE.each())).isEmpty();
  }

  @Test
  void findsADayThatIsMissing() {
    assertThat(coverage("missing", "final").firstHole(THREE.each()))
        .hasValue(LocalDate.of(2026, 3, 2));
  }

  @Test
  void findsADayThatIsNotEvenListed() {
    assertThat(
            coverage("final", "final")
                .firstHole(new Days(THREE.from(), THREE.to().plusDays(1)).each()))
        .hasValue(LocalDate.of(2026, 3, 4));
  }

  @Test
  void tellsWithWhichGenerationADayWasRead() {
    assertThat(coverage("final", "final").firstNotReadSince(2, THREE.each()))
        .hasValue(LocalDate.of(2026, 3, 1));
  }

  private static Coverage coverage(String second, String third) {
    try {
      return Coverage.of(
          new ObjectMapper()
              .readTree(
                  """
                  {"days": [{"date": "2026-03-01", "state": "FINAL", "generation": 1},
                            {"date": "2026-03-02", "state": "%s", "generation": 2},
                            {"date": "2026-03-03", "state": "%s", "generation": 2}]}
                  """
                      .formatted(second, third)));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
