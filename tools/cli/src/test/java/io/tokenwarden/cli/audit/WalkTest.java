package io.tokenwarden.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WalkTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, String> stretches = new HashMap<>();
  private final List<String> asked = new ArrayList<>();

  @Test
  void goesOnUntilTheEnd() {
    // given
    stretches.put(null, "{'intact':true,'checked':10,'through':'10:a','next':'10:a'}");
    stretches.put("10:a", "{'intact':true,'checked':3,'through':'13:b','next':null}");

    // when
    var walk = Walk.along(null, this::stretch);

    // then
    assertThat(walk.checked()).isEqualTo(13);
    assertThat(walk.through()).isEqualTo("13:b");
    assertThat(walk.broken()).isEmpty();
    assertThat(walk.unsealed()).isEmpty();
  }

  @Test
  void beginsWhereItIsTold() {
    // given
    stretches.put("7:c", "{'intact':true,'checked':0,'through':'7:c','next':null}");

    // when
    Walk.along("7:c", this::stretch);

    // then
    assertThat(asked).containsExactly("7:c");
  }

  @Test
  void namesTheFirstEntryThatIsWrongAndGoesNoFurther() {
    // given
    stretches.put(null, "{'intact':true,'checked':10,'through':'10:a','next':'10:a'}");
    stretches.put(
        "10:a",
        "{'intact':false,'checked':5,'through':'11:d','next':null,'broken':"
            + "{'kind':'CHANGED','position':12,'entryId':99,'detail':'Not what was sealed'}}");

    // when
    var walk = Walk.along(null, this::stretch);

    // then
    assertThat(walk.broken()).contains("position 12, entry 99: CHANGED. Not what was sealed");
    assertThat(walk.through()).isEqualTo("11:d");
  }

  @Test
  void anAnswerThatDoesNotSayIntactIsNot() {
    // given
    stretches.put(null, "{}");

    // when / then
    assertThat(Walk.along(null, this::stretch).broken()).isPresent();
  }

  @Test
  void saysWhatIsNotSealed() {
    // given
    stretches.put(
        null,
        "{'intact':true,'checked':0,'through':'0:0',"
            + "'unsealed':{'entries':2,'since':'2026-11-22T09:00:00Z'}}");

    // when / then
    assertThat(Walk.along(null, this::stretch).unsealed())
        .contains("2 entries are not sealed yet, the oldest of 2026-11-22T09:00:00Z");
  }

  private JsonNode stretch(String from) {
    asked.add(from);
    try {
      return JSON.readTree(stretches.get(from).replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
