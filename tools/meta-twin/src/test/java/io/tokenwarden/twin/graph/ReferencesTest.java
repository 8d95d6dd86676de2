package io.tokenwarden.twin.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferencesTest {

  private final References references = new References();

  @BeforeEach
  void readAResult() throws JsonProcessingException {
    var result =
        """
        {"id": "5", "data": [{"id": "7", "n": {"x": 1}}, {"id": "8"}, {"name": "$1"}]}
        """;
    references.put("first", new ObjectMapper().readTree(result));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$.id | 5",
        "$.data.*.id | 7,8",
        "$.data[*].id | 7,8",
        "$.data[1].id | 8",
        "$.data.0.id | 7",
        "$.data[0].n | {\"x\":1}",
        "$.data[2].name | $1",
        "$.data[9].id | ''",
        "$.none.*.id | ''"
      })
  void putsInWhatThePathFinds(String path, String found) {
    assertThat(references.resolved("?ids={result=first:" + path + "}&x=1"))
        .contains("?ids=" + found + "&x=1");
  }

  @Test
  void knowsNothingOfResultsThatAreNotThere() {
    assertThat(references.resolved("{result=second:$.id}")).isEmpty();
    assertThat(references.resolved("{\"result\": \"second:$.id\"}"))
        .contains("{\"result\": \"second:$.id\"}");
    assertThat(References.namesIn("{result=a:$.id}/{result=b c:$.data.*.id}"))
        .containsExactlyInAnyOrder("a", "b c");
  }
}
