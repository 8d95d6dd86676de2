package io.tokenwarden.gateway.handle;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.gateway.handle.Reach.Everything;
import io.tokenwarden.gateway.handle.Reach.Judgement;
import io.tokenwarden.gateway.handle.Reach.Judgement.Beyond;
import io.tokenwarden.gateway.handle.Reach.Judgement.IfBelong;
import io.tokenwarden.gateway.handle.Reach.Judgement.Within;
import io.tokenwarden.gateway.handle.Reach.NamedAssets;
import io.tokenwarden.gateway.request.Body.Empty;
import io.tokenwarden.gateway.request.Body.Json;
import io.tokenwarden.gateway.request.Reading.Accepted;
import io.tokenwarden.gateway.request.RequestReader;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReachTest {
  private static final Set<String> NAMED = Set.of("11", "12");

  private final RequestReader reader = new RequestReader();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/act_11",
        "/12",
        "/v24.0/act_11/insights?fields=spend,impressions",
        "/act_11/campaigns?fields=id,%20name",
        "/act_11/insights?time_range=%7B%22since%22:%222026-01-01%22%7D"
      })
  void aNamedAssetAndWhatHangsOnItIsWithin(String target) {
    assertThat(judged(target)).isEqualTo(new Within());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/act_13/insights",
        "/ACT_11",
        "/act_11_12",
        "/11_22",
        "/me",
        "/me/adaccounts",
        "/search?q=x",
        "/act_111",
        "/act_11?ids=13",
        "/?ids=act_11,act_13",
        "/act_11/campaigns?fields=name,account%7Bowner%7D",
        "/act_11/campaigns?fields=insights.level(ad)",
        "/act_11/campaigns?fields=name,account%5Bowner%5D",
        "/act_11?fields%5B%5D=name%7Bid%7D",
        "/act_11?Fields=name%7Bid%7D",
        "/act_11?fields=name&fields=account%7Bowner%7D"
      })
  void whateverElseLeadsToOtherObjectsIsBeyond(String target) {
    assertThat(judged(target)).isInstanceOf(Beyond.class);
  }

  @Test
  void anObjectIsWithinIfItBelongsToANamedAsset() {
    assertThat(judged("/v24.0/4711/insights")).isEqualTo(new IfBelong(Set.of("4711"), NAMED));
  }

  @Test
  void aBatchIsWithinIfEachOfItsItemsIs() {
    assertThat(judgedBatch("act_11/ads", "12")).isEqualTo(new Within());
    assertThat(judgedBatch("act_11/ads", "4711", "4712/ads"))
        .isEqualTo(new IfBelong(Set.of("4711", "4712"), NAMED));
    assertThat(judgedBatch("act_11/ads", "4711", "act_13")).isInstanceOf(Beyond.class);
  }

  @Test
  void inABatchNoItemLeadsOnFromAnother() {
    assertThat(judgedBatch("act_11/ads", "act_11/ads?after={result=a:$.id}"))
        .isInstanceOf(Beyond.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/me", "/act_13", "/?ids=1,2", "/me?fields=adaccounts%7Bid%7D"})
  void whoeverIsNotRestrictedReachesEverything(String target) {
    assertThat(new Everything().judge(read(target).request())).isEqualTo(new Within());
  }

  private Judgement judged(String target) {
    return new NamedAssets(NAMED).judge(read(target).request());
  }

  private Judgement judgedBatch(String... urls) {
    String items =
        Arrays.stream(urls)
            .map(url -> "{\"method\":\"GET\",\"relative_url\":\"" + url + "\"}")
            .collect(Collectors.joining(",", "[", "]"));
    var batch = reader.read("POST", "/", new Json("{\"batch\":" + items + "}"));
    return new NamedAssets(NAMED).judge(((Accepted) batch).request());
  }

  private Accepted read(String target) {
    return (Accepted) reader.read("GET", target, new Empty());
  }
}
