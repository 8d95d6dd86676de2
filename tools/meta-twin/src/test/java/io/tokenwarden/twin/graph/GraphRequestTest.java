package io.tokenwarden.twin.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.twin.world.Secret;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GraphRequestTest {

  @Test
  void takesTheTokenFromParametersFirst() {
    // when
    var request =
        GraphRequest.of(
            "GET", "/v25.0/me", Map.of("access_token", "one"), "Bearer two", "http://twin");

    // then
    assertThat(request.credential()).isEqualTo(Secret.of("one"));
    assertThat(request.bearer()).isFalse();
    assertThat(request.parameters()).doesNotContainKey("access_token");
  }

  @Test
  void takesTheTokenFromEitherKindOfHeader() {
    assertThat(withHeader("Bearer two").credential()).isEqualTo(Secret.of("two"));
    assertThat(withHeader("OAuth two").credential()).isEqualTo(Secret.of("two"));
    assertThat(withHeader("Basic two").credential()).isNull();
  }

  @Test
  void tellsTheVersionFromThePath() {
    // when
    var versioned = GraphRequest.of("GET", "/v24.0/me/adaccounts", Map.of(), null, "http://twin");
    var bare = GraphRequest.of("GET", "/me/adaccounts", Map.of(), null, "http://twin");

    // then
    assertThat(versioned.version()).isEqualTo("v24.0");
    assertThat(bare.version()).isEqualTo(GraphRequest.DEFAULT_VERSION);
    assertThat(versioned.segments()).isEqualTo(bare.segments()).containsExactly("me", "adaccounts");
  }

  @Test
  void letsTheMethodParameterOverrideTheVerb() {
    // when
    var request = GraphRequest.of("POST", "/me", Map.of("method", "delete"), null, "http://twin");

    // then
    assertThat(request.method()).isEqualTo("DELETE");
  }

  @Test
  void neverPrintsTheToken() {
    assertThat(withHeader("Bearer sesame").toString()).doesNotContain("sesame");
  }

  private static GraphRequest withHeader(String authorization) {
    return GraphRequest.of("GET", "/me", Map.of(), authorization, "http://twin");
  }
}
