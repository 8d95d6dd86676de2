package io.tokenwarden.graph.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotaScopeTest {

  @Test
  void isNamedAsTheContractNamesIt() {
    assertThat(QuotaScope.ofApp("12").text()).isEqualTo("app:12");
    assertThat(QuotaScope.ofUser("12", "34").text()).isEqualTo("user:12:34");
    assertThat(QuotaScope.ofAccount("12", "56", UseCase.ADS_INSIGHTS).text())
        .isEqualTo("account:12:56:ads_insights");
    assertThat(new QuotaScope(QuotaKind.BUDGET, "12", "78", null).text()).isEqualTo("budget:12:78");
  }

  @Property
  void isReadBackAsItWasWritten(@ForAll("scopes") QuotaScope scope) {
    assertThat(QuotaScope.parse(scope.text())).contains(scope);
  }

  @Property
  void neverThrowsAndReadsNothingItWouldNotWrite(@ForAll("texts") String text) {
    QuotaScope.parse(text).ifPresent(scope -> assertThat(scope.text()).isEqualTo(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "app",
        "app:",
        "App:1",
        "app:1:2",
        "user:1",
        "user:1:2:ads_insights",
        "account:1::pages",
        "account:1:2:nothing_meta_names",
        "account:1:2:",
        "budget:1",
        "nothing:1:2"
      })
  void readsNothingElse(String text) {
    assertThat(QuotaScope.parse(text)).isEmpty();
  }

  @Test
  void isNeverOneThatNobodyCouldReadBack() {
    assertThatThrownBy(() -> QuotaScope.ofUser("1", "2:3"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> QuotaScope.ofUser("1", null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new QuotaScope(QuotaKind.APP, "1", "2", null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new QuotaScope(QuotaKind.USER, "1", "2", UseCase.PAGES))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Provide
  Arbitrary<QuotaScope> scopes() {
    Arbitrary<String> ids = Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(20);
    return Combinators.combine(
            Arbitraries.of(QuotaKind.class),
            ids,
            ids,
            Arbitraries.of(UseCase.class).injectNull(0.3))
        .as((kind, app, id, useCase) ->
            switch (kind) {
              case APP -> new QuotaScope(kind, app, null, useCase);
              case ACCOUNT -> new QuotaScope(kind, app, id, useCase);
              case USER, CHANGES, AD_CREATION, BUDGET, SPENDING_LIMIT ->
                  new QuotaScope(kind, app, id, null);
            });
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> parts =
        Arbitraries.of(
            "app", "user", "account", "budget", "1", "ads_insights", "other", "", "*", "x");
    return parts.list().ofMaxSize(5).map(list -> String.join(":", list));
  }
}
