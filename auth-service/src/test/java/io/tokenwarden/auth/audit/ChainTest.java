package io.tokenwarden.auth.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenwarden.auth.audit.Verification.Break;
import io.tokenwarden.auth.audit.Verification.Kind;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChainTest {
  private static final Instant AT = Instant.parse("2026-11-22T09:00:00.123456Z");
  private static final UUID CONNECTION = UUID.fromString("01990000-0000-7000-8000-000000000001");

  /// A row: an entry and the place it was sealed at.
  private record Sealed(Entry entry, Link link) {}

  @Test
  void whatWasSealedIsIntact() {
    assertThat(firstBreak(log(20))).isEmpty();
  }

  static Stream<UnaryOperator<Entry>> changes() {
    return Stream.of(
        e ->
            new Entry(
                e.id() + 1,
                e.at(),
                e.actor(),
                e.action(),
                e.workspace(),
                e.connection(),
                e.detail()),
        e ->
            new Entry(
                e.id(),
                e.at().plusNanos(1_000),
                e.actor(),
                e.action(),
                e.workspace(),
                e.connection(),
                e.detail()),
        e ->
            new Entry(
                e.id(),
                e.at(),
                e.actor() + "e",
                e.action(),
                e.workspace(),
                e.connection(),
                e.detail()),
        e ->
            new Entry(
                e.id(),
                e.at(),
                e.actor(),
                e.action() + "d",
                e.workspace(),
                e.connection(),
                e.detail()),
        e -> new Entry(e.id(), e.at(), e.actor(), e.action(), "other", e.connection(), e.detail()),
        e -> new Entry(e.id(), e.at(), e.actor(), e.action(), e.workspace(), null, e.detail()),
        e -> new Entry(e.id(), e.at(), e.actor(), e.action(), e.workspace(), e.connection(), ""),
        // the same letters, divided in another way
        e ->
            new Entry(
                e.id(),
                e.at(),
                e.actor() + e.action(),
                "",
                e.workspace(),
                e.connection(),
                e.detail()));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aChangedEntryIsFoundWhereItIs(UnaryOperator<Entry> change) {
    // given
    var log = log(20);

    // when
    log.set(11, new Sealed(change.apply(log.get(11).entry()), log.get(11).link()));

    // then
    assertThat(firstBreak(log)).map(Break::kind).contains(Kind.CHANGED);
    assertThat(firstBreak(log)).map(Break::position).contains(12L);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 18})
  void aRemovedEntryIsFoundWhereItIsMissing(int removed) {
    // given
    var log = log(20);

    // when
    log.remove(removed);

    // then
    assertThat(firstBreak(log)).map(Break::kind).contains(Kind.DELETED);
    assertThat(firstBreak(log)).map(Break::position).contains(removed + 1L);
  }

  @Test
  void twoEntriesThatChangedPlacesAreFound() {
    // given
    var log = log(20);
    var fifth = log.get(4);
    var sixth = log.get(5);

    // when
    log.set(4, new Sealed(sixth.entry(), fifth.link()));
    log.set(5, new Sealed(fifth.entry(), sixth.link()));

    // then
    assertThat(firstBreak(log)).map(Break::position).contains(5L);
  }

  /// Whoever puts one in and computes its hash right must move all that follow.
  @Test
  void anEntryThatWasPutInBetweenIsFoundAtTheNextOne() {
    // given
    var log = log(20);
    var forged = entry(99, "forged");
    var place = log.get(9).link().then(forged);

    // when
    log.add(10, new Sealed(forged, place));
    for (int i = 11; i < log.size(); i++) {
      var moved = log.get(i);
      log.set(
          i, new Sealed(moved.entry(), new Link(moved.link().position() + 1, moved.link().hash())));
    }

    // then
    assertThat(firstBreak(log)).map(Break::position).contains(12L);
  }

  @Test
  void theWholeLogInAnotherOrderIsFoundAtTheFirst() {
    // given
    var log = log(20);
    var entries = new ArrayList<>(log.stream().map(Sealed::entry).toList());
    Collections.reverse(entries);

    // when
    for (int i = 0; i < log.size(); i++) {
      log.set(i, new Sealed(entries.get(i), log.get(i).link()));
    }

    // then
    assertThat(firstBreak(log)).map(Break::position).contains(1L);
  }

  /// The bytes as the documentation of the format says, put together by hand.
  @Test
  void theHashIsTakenOverTheDocumentedBytes() throws Exception {
    // given
    var before =
        new Link(41, MessageDigest.getInstance("SHA-256").digest("before".getBytes(UTF_8)));
    var entry = new Entry(7, AT, "ünn", "credential.leased", "demo", CONNECTION, "generation 3");

    // when
    var link = before.then(entry);

    // then
    var bytes = ByteBuffer.allocate(1_000);
    text(bytes, "tokenwarden/audit/v1");
    bytes.put(before.hash());
    bytes.putLong(42).putLong(7);
    bytes.putLong(AT.getEpochSecond() * 1_000_000 + 123_456);
    for (var text :
        List.of("ünn", "credential.leased", "demo", CONNECTION.toString(), "generation 3")) {
      text(bytes, text);
    }
    var sha256 = MessageDigest.getInstance("SHA-256");
    sha256.update(bytes.flip());
    assertThat(link).hasToString("42:" + HexFormat.of().formatHex(sha256.digest()));
  }

  private static void text(ByteBuffer bytes, String text) {
    var encoded = text.getBytes(UTF_8);
    bytes.putInt(encoded.length).put(encoded);
  }

  @Test
  void aPlaceIsReadAsItIsWritten() {
    var place = Link.START.then(entry(1, "first"));
    assertThat(Link.parse(place.toString())).isEqualTo(place);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", ":", "1:", "x:00", "-1:00", "1:zz"})
  void whatIsNoPlaceIsRefused(String text) {
    assertThatThrownBy(() -> Link.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  private static List<Sealed> log(int length) {
    var log = new ArrayList<Sealed>();
    var reached = Link.START;
    for (int i = 0; i < length; i++) {
      var entry = entry(i + 1L, "entry " + i);
      reached = reached.then(entry);
      log.add(new Sealed(entry, reached));
    }
    return log;
  }

  private static Entry entry(long id, String detail) {
    return new Entry(id, AT.plusSeconds(id), "ann", "token.read", "demo", CONNECTION, detail);
  }

  private static Optional<Break> firstBreak(List<Sealed> log) {
    var chain = new Chain(Link.START);
    return log.stream()
        .map(row -> chain.next(row.entry(), row.link()))
        .flatMap(Optional::stream)
        .findFirst();
  }
}
