package io.tokenwarden.auth.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonColumnTest {
  private static final TypeReference<List<Instant>> TIMES = new TypeReference<>() {};

  @Test
  void timesAreKeptToTheNanosecondAsPeopleReadThem() {
    // given
    var times = List.of(Instant.parse("2026-11-21T09:00:00.123456789Z"));

    // when
    var column = JsonColumn.write(times);

    // then
    assertThat(column).isEqualTo("[\"2026-11-21T09:00:00.123456789Z\"]");
    assertThat(JsonColumn.read(column, TIMES)).isEqualTo(times);
  }

  @Test
  void nothingStaysNothing() {
    assertThat(JsonColumn.write(null)).isNull();
    assertThat(JsonColumn.read(null, TIMES)).isNull();
  }

  @Test
  void whatCannotBeReadOrWrittenIsSaidAndNotShown() {
    assertThatThrownBy(() -> JsonColumn.read("[\"seventeen\"]", TIMES))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("Cannot read a JSON column");
    assertThatThrownBy(() -> JsonColumn.write(new Object()))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("Cannot write a JSON column");
  }

  @Test
  void permissionsComeBackFromTheDatabaseAsTheyWere() {
    // given
    var column = new ScopesColumn();
    var scopes = List.of("ads_read", "email");

    // then
    assertThat(column.convertToEntityAttribute(column.convertToDatabaseColumn(scopes)))
        .isEqualTo(scopes);
  }
}
