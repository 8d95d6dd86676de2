package io.tokenwarden.gateway.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tokenwarden.gateway.request.Body.Form;
import io.tokenwarden.gateway.request.Body.Json;
import io.tokenwarden.gateway.request.Body.Parts;
import io.tokenwarden.gateway.request.GraphRequest.Parameter;
import io.tokenwarden.gateway.request.Reading.Accepted;
import io.tokenwarden.gateway.request.Reading.Forbidden;
import io.tokenwarden.gateway.request.Reading.Malformed;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchReaderTest {

  private static final String TWO =
      """
      [{"method":"GET","relative_url":"v24.0/me?fields=id%2Cname"},
       {"method":"post","relative_url":"/act_1/ads","body":"name=a%26b&x=1","name":"made","omit_response_on_success":false,"surplus":1}]
      """;

  private final RequestReader reader = new RequestReader();

  static Stream<Body> spelled() {
    return Stream.of(
        new Json("{\"include_headers\":false,\"batch\":" + TWO + "}"),
        new Form("include_headers=false&batch=" + GraphRequest.encoded(TWO)),
        new Parts(
            List.of(new Parameter("include_headers", "false"), new Parameter("batch", TWO)),
            List.of()));
  }

  @ParameterizedTest
  @MethodSource("spelled")
  void readsTheSameInEveryForm(Body body) {
    GraphRequest batch = batch("/v26.0/", body);

    assertThat(batch.path()).isEqualTo("/v26.0/");
    assertThat(batch.parameters()).containsExactly(new Parameter("include_headers", "false"));
    assertThat(batch.items())
        .containsExactly(
            new BatchItem(
                new GraphRequest(
                    Verb.GET, "v24.0", List.of("me"), List.of(new Parameter("fields", "id,name"))),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()),
            new BatchItem(
                new GraphRequest(
                    Verb.POST,
                    "v26.0",
                    List.of("act_1", "ads"),
                    List.of(new Parameter("name", "a&b"), new Parameter("x", "1"))),
                Optional.of("made"),
                Optional.of(false),
                Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({"/, /v25.0/", "/v24.0, /v24.0/", "/v24.0/, /v24.0/"})
  void takesABatchAtEachOfItsAddresses(String target, String path) {
    GraphRequest batch = batch(target, new Form("batch=" + GraphRequest.encoded(TWO)));

    assertThat(batch.inVersion("v25.0").path()).isEqualTo(path);
  }

  @Test
  void putsIntoTheVersionOfTheAppWhatNamesNone() {
    // given
    GraphRequest batch = batch("/", new Form("batch=" + GraphRequest.encoded(TWO)));

    // when
    GraphRequest pinned = batch.inVersion("v23.0");

    // then
    assertThat(pinned.items())
        .extracting(item -> item.request().version())
        .containsExactly("v24.0", "v23.0");
    assertThat(pinned.inVersion("v22.0")).isEqualTo(pinned);
  }

  @Test
  void takesWhatTheJavaSdkWrites() {
    GraphRequest batch =
        batch(
            "/",
            new Parts(
                List.of(
                    new Parameter("include_headers", "false"),
                    new Parameter(
                        "batch",
                        """
                        [{"method":"POST","relative_url":"v24.0/act_1/campaigns","name":"Request0",
                          "omit_response_on_success":false,"body":"name=Summer+sale","attached_files":{}}]
                        """)),
                List.of()));

    assertThat(batch.items().getFirst().request().parameters())
        .containsExactly(new Parameter("name", "Summer sale"));
    assertThat(batch.items().getFirst().name()).contains("Request0");
  }

  /// It calls an item by the name of what it makes, and encodes nothing.
  @Test
  void takesWhatTheNodeSdkWrites() {
    GraphRequest batch =
        batch(
            "/v24.0",
            new Json(
                """
                {"batch":[
                  {"method":"POST","relative_url":"act_1/campaigns","name":"Summer sale: 50 %",
                   "body":"name=Summer sale: 50 %&special_ad_categories=[\\"NONE\\"]"},
                  {"method":"GET","relative_url":"9/?fields=id,name&time_range={\\"since\\":\\"2026-11-01\\"}"}]}
                """));

    assertThat(batch.items()).extracting(BatchItem::name).containsOnly(Optional.empty());
    assertThat(batch.items().getFirst().request().parameters())
        .containsExactly(
            new Parameter("name", "Summer sale: 50 %"),
            new Parameter("special_ad_categories", "[\"NONE\"]"));
    assertThat(batch.items().getLast().request().parameters())
        .containsExactly(
            new Parameter("fields", "id,name"),
            new Parameter("time_range", "{\"since\":\"2026-11-01\"}"));
  }

  @Test
  void readsWhatItWritesTheSameAgain() {
    GraphRequest batch =
        batch(
            "/",
            new Json(
                """
                {"batch":[
                  {"method":"GET","relative_url":"act_1/campaigns?fields=id","name":"all"},
                  {"method":"GET","relative_url":"?ids={result=all:$.data.*.id}&fields=name"},
                  {"method":"POST","relative_url":"act_1/ads","depends_on":"all",
                   "body":"name=über & unter&creative={\\"creative_id\\":\\"{result=all:$.data[0].id}\\"}"},
                  {"method":"DELETE","relative_url":"9"}]}
                """));

    assertThat(batch.form())
        .contains(GraphRequest.encoded("?ids={result=all:$.data.*.id}&fields=name"));
    assertThat(batch("/", new Form(batch.form()))).isEqualTo(batch);
    assertThat(batch.items())
        .extracting(BatchItem::refers)
        .containsExactly(false, true, true, false);
  }

  @ParameterizedTest
  @CsvSource({
    "GET act_1/campaigns;GET me, true",
    "GET act_1/campaigns;POST act_1/insights, true",
    "GET act_1/campaigns;POST act_1/campaigns, false",
    "GET 9?method=delete, false"
  })
  void aBatchIsAReadIfEachOfItsItemsIs(String items, boolean isRead) {
    assertThat(batch("/", new Json("{\"batch\":" + items(items) + "}")).isRead()).isEqualTo(isRead);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "1",
        "rubbish",
        "[null]",
        "[{}]",
        "[{\"method\":\"GET\"}]",
        "[{\"relative_url\":\"me\"}]",
        "[{\"method\":\"GET\",\"method\":\"DELETE\",\"relative_url\":\"me\"}]",
        "[{\"method\":\"GET\",\"relative_url\":\"me?access_token=x\"}]",
        "[{\"method\":\"GET\",\"relative_url\":\"me\",\"access_token\":\"x\"}]",
        "[{\"method\":\"POST\",\"relative_url\":\"me\",\"body\":\"access_token=x\"}]",
        "[{\"method\":\"POST\",\"relative_url\":\"me\",\"body\":1}]",
        "[{\"method\":\"POST\",\"relative_url\":\"me\",\"attached_files\":\"a\"}]",
        "[{\"method\":\"GET\",\"relative_url\":\"https://elsewhere.example/me\"}]",
        "[{\"method\":\"GET\",\"relative_url\":\"//elsewhere.example/me\"}]",
        "[{\"method\":\"GET\",\"relative_url\":\"../me\"}]",
        "[{\"method\":\"GET\",\"relative_url\":\"a%2Fb\"}]",
        "[{\"method\":\"POST\",\"relative_url\":\"me\",\"attached_files\":{\"a\":\"source\"}}]",
        "[{\"method\":\"GET\",\"relative_url\":\"me\",\"depends_on\":\"a:b\"}]",
        "[{\"method\":\"GET\",\"relative_url\":\"{result=a:$.id}/ads\"}]",
        "[{\"method\":\"GET\",\"relative_url\":\"me?{result=a:$.id}=1\"}]",
        "[{\"method\":\"GET\",\"relative_url\":\"?ids={result=a:$.data.*.name}\"}]",
        "[{\"method\":\"GET\",\"relative_url\":\"?ids={result=a:$.data.*.valid}\"}]",
        "[{\"method\":\"GET\",\"relative_url\":\"?ids={result=a:$}\"}]",
        "[{\"method\":\"GET\",\"relative_url\":\"?ids={RESULT=a:$.id}\"}]",
        "[{\"method\":\"GET\",\"relative_url\":\"?ids={result=a:$.id}{result=a:$.name}\"}]"
      })
  void refusesWhatIsNoOrdinaryBatch(String batch) {
    assertThat(read("/", new Form("batch=" + GraphRequest.encoded(batch))))
        .isInstanceOf(Malformed.class);
  }

  @Test
  void takesFiftyItemsAndNoMore() {
    String fifty = String.join(";", Collections.nCopies(50, "GET me"));

    assertThat(batch("/", new Json("{\"batch\":" + items(fifty) + "}")).items()).hasSize(50);
    assertThat(read("/", new Json("{\"batch\":" + items(fifty + ";GET me") + "}")))
        .isInstanceOf(Malformed.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET oauth/access_token",
        "GET debug_token?input_token=x",
        "POST 5/instruments",
        "GET me?fields=access_token",
        "DELETE me/permissions",
        "GET me/permissions?method=delete",
        "PUT me",
        "POST ?batch=[]",
        "GET me?callback=x"
      })
  void forwardsNoBatchOfWhichOneItemWouldNotPass(String item) {
    assertThat(read("/", new Json("{\"batch\":" + items("GET me;" + item) + "}")))
        .isInstanceOf(Forbidden.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/me", "/v25.0/act_1/ads"})
  void aBatchStandsAlone(String target) {
    assertThat(read(target, new Form("batch=" + GraphRequest.encoded(TWO))))
        .isInstanceOf(Forbidden.class);
  }

  @Property(tries = 1000)
  void neverThrowsAndWritesOnlyWhatItReadsTheSameAgain(
      @ForAll String url, @ForAll String body, @ForAll String name) {
    var item =
        JsonNodeFactory.instance
            .objectNode()
            .put("method", "POST")
            .put("relative_url", url)
            .put("body", body)
            .put("name", name);

    if (read("/", new Form("batch=" + GraphRequest.encoded("[" + item + "]")))
        instanceof Accepted(var request, _)) {
      assertThat(read("/", new Form(request.form())))
          .isEqualTo(new Accepted(request, Optional.empty()));
    }
  }

  /// `GET me;POST 9` as JSON.
  private static String items(String lines) {
    return Stream.of(lines.split(";"))
        .map(line -> line.split(" "))
        .map(it -> "{\"method\":\"%s\",\"relative_url\":\"%s\"}".formatted(it[0], it[1]))
        .toList()
        .toString();
  }

  private GraphRequest batch(String target, Body body) {
    return ((Accepted) read(target, body)).request();
  }

  private Reading read(String target, Body body) {
    return reader.read("POST", target, body);
  }
}
