package io.tokenwarden.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class InsightsTest {

  @Test
  void findsNoDifferenceWhereOnlyTheSpellingDiffers() {
    // given
    var held = held("1", "10.50");
    var synced = synced("1", "10.5");

    // then
    assertThat(synced.differenceTo(held)).isEmpty();
  }

  @Test
  void takesAnAccountForTheSameWithAndWithoutItsPrefix() {
    // given
    var held = json("{\"account_id\": \"7\", \"spend\": \"1\", \"date_start\": \"2026-03-01\"}");
    var synced = json("{\"entityId\": \"act_7\", \"spend\": \"1\", \"date\": \"2026-03-01\"}");

    // then
    assertThat(Insight.synced(synced)).isEqualTo(Insight.held(held));
  }

  @Test
  void seesASingleCent() {
    // given
    var held = held("1", "10.50");
    var synced = synced("1", "10.51");

    // then
    assertThat(synced.differenceTo(held))
        .hasValueSatisfying(it -> assertThat(it).contains("10.5 spent", "10.51 spent"));
  }

  @Test
  void seesARowThatIsThereTwice() {
    // given
    var held = held("1", "10.50");
    var twice =
        new Insights(
            List.of(
                synced("1", "10.50").rows().getFirst(), synced("1", "10.50").rows().getFirst()));

    // then
    assertThat(twice.differenceTo(held)).hasValue("2 rows where Meta holds 1");
  }

  private static Insights held(String campaign, String spend) {
    return new Insights(
        List.of(
            Insight.held(
                json(
                    """
                    {"account_id": "7", "campaign_id": "%s", "spend": "%s", "impressions": "20", "clicks": "3",
                     "date_start": "2026-03-01", "date_stop": "2026-03-01"}
                    """
                        .formatted(campaign, spend)))));
  }

  private static Insights synced(String campaign, String spend) {
    return new Insights(
        List.of(
            Insight.synced(
                json(
                    """
                    {"date": "2026-03-01", "level": "campaign", "entityId": "%s", "entityName": "Spring",
                     "spend": "%s", "impressions": "20", "clicks": "3", "metrics": {}}
                    """
                        .formatted(campaign, spend)))));
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
