package io.tokenwarden.graph.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.graph.ErrorCategory;
import io.tokenwarden.graph.GraphError;
import io.tokenwarden.graph.GraphError.Form;
import io.tokenwarden.graph.Samples;
import io.tokenwarden.graph.Samples.Sample;
import java.util.EnumSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ThrottleTest {

  @ParameterizedTest(name = "{0}/{1} closes {2}, {3}")
  @CsvSource({
    "4,, APP,",
    "4, 1504022, APP, ADS_INSIGHTS",
    "4, 1504039, APP, ADS_INSIGHTS",
    "-1, 1504022, APP, ADS_INSIGHTS",
    ", 1504039, APP, ADS_INSIGHTS",
    "341,, APP,",
    "17,, USER,",
    "32,, USER, PAGES",
    "613, 1996, USER,",
    "17, 2446079, ACCOUNT,",
    "613, 1487742, ACCOUNT,",
    "613,, ACCOUNT,",
    "100, 1487390, ACCOUNT,",
    "80000,, ACCOUNT, ADS_INSIGHTS",
    "80000, 2446079, ACCOUNT, ADS_INSIGHTS",
    "80001,, ACCOUNT, PAGES",
    "80002,, ACCOUNT, INSTAGRAM",
    "80003, 2446079, ACCOUNT, CUSTOM_AUDIENCE",
    "80004, 2446079, ACCOUNT, ADS_MANAGEMENT",
    "80005,, ACCOUNT, LEADGEN",
    "80006,, ACCOUNT, MESSENGER",
    "80008,, ACCOUNT, WHATSAPP_MANAGEMENT",
    "80009,, ACCOUNT, CATALOG_MANAGEMENT",
    "80014,, ACCOUNT, CATALOG_BATCH",
    "80007,, ACCOUNT, OTHER",
    "80099,, ACCOUNT, OTHER",
    "613, 1487632, BUDGET,",
    "17, 1885172, SPENDING_LIMIT,",
    "613, 5044001, CHANGES,",
    "1487225,, AD_CREATION,"
  })
  void closesTheQuotaTheCodeSpeaksOf(
      Integer code, Integer subcode, QuotaKind kind, UseCase useCase) {
    assertThat(Throttle.of(error(400, code, subcode))).contains(new Throttle(kind, useCase));
  }

  @ParameterizedTest
  @MethodSource("throttles")
  void isUnderstoodByTheCodeItTells(Throttle throttle) {
    // given
    var code = throttle.code();

    // then
    assertThat(Throttle.of(error(400, code.code(), code.subcode()))).contains(throttle);
  }

  static Stream<Throttle> throttles() {
    var ofOne = EnumSet.complementOf(EnumSet.of(QuotaKind.APP, QuotaKind.ACCOUNT));
    return Stream.of(
            Stream.of(
                new Throttle(QuotaKind.APP, null),
                new Throttle(QuotaKind.APP, UseCase.ADS_INSIGHTS),
                new Throttle(QuotaKind.USER, UseCase.PAGES),
                new Throttle(QuotaKind.ACCOUNT, null)),
            ofOne.stream().map(kind -> new Throttle(kind, null)),
            Stream.of(UseCase.values()).map(each -> new Throttle(QuotaKind.ACCOUNT, each)))
        .flatMap(Function.identity());
  }

  /// The subcode of another code is another subcode.
  @ParameterizedTest(name = "{0}/{1} closes {2}, {3}")
  @CsvSource({
    "17, 1487632, USER,",
    "4, 5044001, APP,",
    "4, 1885172, APP,",
    "80004, 1504022, ACCOUNT, ADS_MANAGEMENT"
  })
  void readsPairsAsPairs(int code, int subcode, QuotaKind kind, UseCase useCase) {
    assertThat(Throttle.of(error(400, code, subcode))).contains(new Throttle(kind, useCase));
  }

  @ParameterizedTest(name = "HTTP {0} with {1}/{2}")
  @CsvSource({
    "400, 17, 1349172", // one device polls too often
    "403, 4, 2207051", // a block
    "400, 368,",
    "400, 190, 463",
    "400, 100, 1487534", // too much at once
    "500, 2,",
    "400, 80100,",
    "400, 79999,"
  })
  void closesNothingForWhatIsNoQuotaOfOthers(int status, int code, Integer subcode) {
    assertThat(Throttle.of(error(status, code, subcode))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"429, APP", "400,", "503,"})
  void closesTheAppForAStatusThatSaysSoWithoutACode(int status, QuotaKind kind) {
    // when
    var throttle = Throttle.of(GraphError.parse(status, "<html>").orElseThrow());

    // then
    assertThat(throttle.map(Throttle::kind).orElse(null)).isEqualTo(kind);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void closesSomethingExactlyWhenMetaAnsweredThatAQuotaIsUsedUp(Sample sample) {
    // given
    var error = GraphError.parse(sample.status(), sample.body()).orElseThrow();

    // when
    var throttle = Throttle.of(error);

    // then
    assertThat(throttle.isPresent())
        .isEqualTo(sample.category() == ErrorCategory.RATE_LIMITED && !error.is(17, 1349172));
  }

  static Stream<Sample> samples() {
    return Samples.all().stream();
  }

  private static GraphError error(int status, Integer code, Integer subcode) {
    return new GraphError(status, Form.ENVELOPE, code, subcode, null, null, null, null, null, null);
  }
}
