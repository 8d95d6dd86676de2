package io.tokenwarden.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.graph.Inspection.GranularScope;
import io.tokenwarden.graph.Inspection.TokenType;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InspectionTest {

  @Test
  void readsALivingToken() {
    // when
    Inspection inspection =
        Inspection.parse(
                """
                {"data":{"app_id":"42","type":"USER","application":"Demo","data_access_expires_at":1800000000,
                 "expires_at":1790000000,"is_valid":true,"issued_at":1780000000,"scopes":["ads_read","email"],
                 "granular_scopes":[{"scope":"ads_read","target_ids":["1","2"]},{"scope":"email"}],"user_id":"7"}}
                """)
            .orElseThrow();

    // then
    assertThat(inspection)
        .isEqualTo(
            new Inspection(
                "42",
                TokenType.USER,
                true,
                Instant.ofEpochSecond(1790000000),
                Instant.ofEpochSecond(1800000000),
                Instant.ofEpochSecond(1780000000),
                List.of("ads_read", "email"),
                List.of(
                    new GranularScope("ads_read", List.of("1", "2")),
                    new GranularScope("email", List.of())),
                "7",
                null));
  }

  @Test
  void readsTheZeroesOfASystemUserAsNever() {
    Inspection inspection =
        Inspection.parse(
                "{\"data\":{\"app_id\":42,\"type\":\"SYSTEM_USER\",\"is_valid\":true,\"expires_at\":0,\"data_access_expires_at\":0,\"user_id\":7}}")
            .orElseThrow();

    assertThat(inspection.expiresAt()).isNull();
    assertThat(inspection.dataAccessExpiresAt()).isNull();
    assertThat(inspection.appId()).isEqualTo("42");
    assertThat(inspection.type()).isEqualTo(TokenType.SYSTEM_USER);
  }

  @Test
  void knowsWhyATokenIsDeadFromASubcodeWithoutItsUsualName() {
    Inspection inspection =
        Inspection.parse(
                "{\"data\":{\"app_id\":\"42\",\"is_valid\":false,\"scopes\":[],\"error\":{\"code\":190,\"message\":\"m\",\"subcode\":460}}}")
            .orElseThrow();

    assertThat(inspection.valid()).isFalse();
    assertThat(inspection.failure().orElseThrow().meaning().expiredReason())
        .contains(ExpiredReason.PASSWORD_CHANGED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "null",
        "<html>",
        "{\"data\":[]}",
        "{\"data\":{\"app_id\":\"1\"",
        "{\"error\":{\"code\":190}}"
      })
  void findsNoInspectionInAnythingElse(String body) {
    assertThat(Inspection.parse(body)).isEmpty();
  }
}
