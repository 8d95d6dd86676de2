package io.tokenwarden.twin.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.twin.graph.FieldList.Nested;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldListTest {

  @Test
  void takesApartWhatIsAskedOfInsides() {
    // given
    var fields = "id, campaigns.limit(2){name,ads{id,name}},adspixels{id},name,id";

    // then
    assertThat(FieldList.names(fields)).containsExactly("id", "campaigns", "adspixels", "name");
    assertThat(FieldList.nested(fields))
        .containsExactly(
            new Nested("campaigns", Map.of("limit", "2", "fields", "name,ads{id,name}")),
            new Nested("adspixels", Map.of("fields", "id")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ",", "{", "}", "a{", "a}b", "a{b,c", ".limit(1)", "a.limit(", "{}{}", "((,"})
  void neverThrows(String fields) {
    assertThat(FieldList.names(fields)).isNotNull();
    assertThat(FieldList.nested(fields)).isNotNull();
  }
}
