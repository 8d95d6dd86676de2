package io.tokenwarden.auth.connection;

import static io.tokenwarden.contracts.ConditionKind.AD_ACCOUNT_UNAVAILABLE;
import static io.tokenwarden.contracts.ConditionKind.AUTH_EXPIRED;
import static io.tokenwarden.contracts.ConditionKind.CHECKPOINT;
import static io.tokenwarden.contracts.ConditionKind.EXPIRING;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.contracts.Condition;
import io.tokenwarden.contracts.ConditionKind;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.Reason;
import io.tokenwarden.contracts.Remedy;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ConditionsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(60);
  private static final ConnectionId ID = new ConnectionId(new UUID(0, 1));

  @Property
  void atMostOneOfAKindHoldsPerSubjectAndTheGravestComesFirst(
      @ForAll @Size(max = 20) List<ConditionKind> kinds, @ForAll @IntRange(max = 3) int subjects) {
    // when
    var conditions = Conditions.NONE;
    for (int i = 0; i < kinds.size(); i++) {
      var subject = i % (subjects + 1) == 0 ? null : "subject " + i % (subjects + 1);
      conditions = conditions.with(condition(kinds.get(i), subject, NOW));
    }

    // then
    assertThat(conditions.list()).extracting(Condition::condition).isSorted();
    assertThat(conditions.list())
        .extracting(condition -> condition.condition() + "/" + condition.subject())
        .doesNotHaveDuplicates();
    assertThat(conditions.list()).extracting(Condition::condition).containsAll(kinds);
  }

  @Example
  void ofOneKindTheWholeComesBeforeItsPartsAndTheyInTheirOrder() {
    // when
    var conditions =
        Conditions.NONE
            .with(condition(AD_ACCOUNT_UNAVAILABLE, "2", NOW))
            .with(condition(AD_ACCOUNT_UNAVAILABLE, "1", NOW))
            .with(condition(AD_ACCOUNT_UNAVAILABLE, null, NOW))
            .with(condition(AUTH_EXPIRED, null, NOW));

    // then
    assertThat(conditions.list())
        .extracting(Condition::subject)
        .containsExactly(null, null, "1", "2");
  }

  @Example
  void whatHoldsAlreadyKeepsTheTimeSinceWhenItDoes() {
    // given
    var conditions = Conditions.NONE.with(condition(CHECKPOINT, null, NOW));
    var again =
        new Condition(
            CHECKPOINT,
            Reason.REVOKED,
            null,
            ID,
            Remedy.RESOLVE_CHECKPOINT,
            LATER,
            LATER.plusSeconds(1));

    // when
    var renewed = conditions.with(again);

    // then
    assertThat(renewed.list())
        .containsExactly(
            new Condition(
                CHECKPOINT,
                Reason.REVOKED,
                null,
                ID,
                Remedy.RESOLVE_CHECKPOINT,
                NOW,
                LATER.plusSeconds(1)));
  }

  @Example
  void anotherSubjectIsAnotherCondition() {
    // given
    var conditions =
        Conditions.NONE
            .with(condition(EXPIRING, "TOKEN", NOW))
            .with(condition(EXPIRING, "DATA_ACCESS", LATER));

    // then
    assertThat(conditions.find(EXPIRING, "TOKEN")).map(Condition::since).contains(NOW);
    assertThat(conditions.find(EXPIRING, "DATA_ACCESS")).map(Condition::since).contains(LATER);
    assertThat(conditions.find(EXPIRING, "ROTATION_POLICY")).isEmpty();
    assertThat(conditions.find(AUTH_EXPIRED, "TOKEN")).isEmpty();
    assertThat(conditions.find(EXPIRING)).isPresent();
    assertThat(conditions.has(EXPIRING)).isTrue();
    assertThat(conditions.has(AUTH_EXPIRED)).isFalse();
  }

  @Example
  void whatIsOverIsTakenOutAloneOrWithAllOfItsKind() {
    // given
    var conditions =
        Conditions.NONE
            .with(condition(EXPIRING, "TOKEN", NOW))
            .with(condition(EXPIRING, "DATA_ACCESS", NOW))
            .with(condition(CHECKPOINT, null, NOW));

    // then
    assertThat(conditions.without(EXPIRING, "TOKEN").list())
        .extracting(Condition::subject)
        .containsExactly(null, "DATA_ACCESS");
    assertThat(conditions.without(EXPIRING).list())
        .extracting(Condition::condition)
        .containsExactly(CHECKPOINT);
  }

  @Example
  void comeBackFromTheDatabaseAsTheyWere() {
    // given
    var column = new ConditionsColumn();
    var conditions =
        Conditions.NONE
            .with(condition(EXPIRING, "TOKEN", NOW))
            .with(condition(CHECKPOINT, null, LATER));

    // then
    assertThat(column.convertToEntityAttribute(column.convertToDatabaseColumn(conditions)))
        .isEqualTo(conditions);
    assertThat(column.convertToDatabaseColumn(null)).isNull();
    assertThat(column.convertToEntityAttribute(null)).isNull();
  }

  private static Condition condition(ConditionKind kind, String subject, Instant since) {
    return new Condition(kind, null, subject, ID, null, since, null);
  }
}
