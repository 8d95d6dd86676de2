package io.tokenwarden.sync.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenwarden.contracts.InsightsLevel;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class InsightsParserTest {

  @Test
  void keepsWhatItDoesNotKnowInMetasWords() throws JsonProcessingException {
    // given
    var json =
        json(
            """
            {"campaign_id": "7", "campaign_name": "Summer", "spend": "12.30",
             "impressions": "1000", "clicks": "17", "reach": "900",
             "actions": [{"action_type": "link_click", "value": "17"}],
             "date_start": "2026-11-20", "date_stop": "2026-11-20"}
            """);

    // when
    var row = InsightsParser.row(InsightsLevel.CAMPAIGN, json);

    // then
    assertThat(row.day()).isEqualTo(LocalDate.of(2026, 11, 20));
    assertThat(row.entityId()).isEqualTo("7");
    assertThat(row.entityName()).isEqualTo("Summer");
    assertThat(row.spend()).isEqualTo(new BigDecimal("12.30"));
    assertThat(row.impressions()).isEqualTo(1000);
    assertThat(row.clicks()).isEqualTo(17);
    assertThat(row.metrics())
        .isEqualTo(
            json(
                """
                {"reach": "900", "actions": [{"action_type": "link_click", "value": "17"}]}
                """));
  }

  @Test
  void takesAnAbsentNumberForNone() throws JsonProcessingException {
    // when
    var row =
        InsightsParser.row(
            InsightsLevel.ACCOUNT,
            json("{\"account_id\": \"42\", \"date_start\": \"2026-11-20\"}"));

    // then
    assertThat(row.spend()).isZero();
    assertThat(row.impressions()).isZero();
    assertThat(row.entityName()).isNull();
  }

  @Test
  void refusesARowThatNamesNoEntity() {
    assertThatThrownBy(() ->
            InsightsParser.row(
                InsightsLevel.AD, json("{\"account_id\": \"42\", \"date_start\": \"2026-11-20\"}")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesARowOverSeveralDays() {
    assertThatThrownBy(() ->
            InsightsParser.row(
                InsightsLevel.ACCOUNT,
                json(
                    """
                    {"account_id": "42", "date_start": "2026-11-01", "date_stop": "2026-11-20"}
                    """)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static JsonNode json(String text) throws JsonProcessingException {
    return new ObjectMapper().readTree(text);
  }
}
