package io.tokenwarden.cli.demo;

import io.tokenwarden.embedded.Bearers;
import io.tokenwarden.stack.StackInfo;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Supplier;

/// Plays the story on a running stack.
final class Demo {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

  private final StackInfo stack;
  private final String workspace;
  private final Duration patience;
  private final Narrator narrator;

  /// @param patience for each thing that is waited for
  Demo(StackInfo stack, String workspace, Duration patience, Narrator narrator) {
    this.stack = stack;
    this.workspace = workspace;
    this.patience = patience;
    this.narrator = narrator;
  }

  Timeline.Outcome play() {
    narrator.opens(stack.console());
    var timeline = new Timeline(narrator);
    try (var http = new Http();
        var facts = listen(timeline)) {
      story(http, facts).play(timeline);
    } catch (NotObservedException _) {
      // The timeline has it.
    }
    var outcome = timeline.outcome();
    narrator.closes(outcome);
    return outcome;
  }

  private Facts listen(Timeline timeline) {
    return timeline.yielding(
        "listening to the topics",
        () -> Facts.from(stack.kafka(), Story.TOPICS),
        facts -> List.of("%d topics at %s".formatted(Story.TOPICS.size(), stack.kafka())));
  }

  private Story story(Http http, Facts facts) {
    return new Story(
        new Product(http, service -> stack.service(service.id()), workspace, bearer()),
        new Twin(http, stack.metaTwin()),
        facts,
        Patience.of(patience),
        () -> new Browser(http),
        "Demo " + TIME.format(LocalTime.now(ZoneId.systemDefault())));
  }

  /// A bearer of the local issuer for an operator; it outlives the demo.
  private Supplier<String> bearer() {
    return new Once(() -> {
      try {
        return new Bearers(stack.issuer())
            .of("demo", List.of("viewer", "operator"), List.of(workspace));
      } catch (IllegalStateException e) {
        throw new NoAnswerException(e.getMessage(), e);
      }
    });
  }

  /// Remembers the first answer.
  private static final class Once implements Supplier<String> {

    private final Supplier<String> source;
    private String value;

    Once(Supplier<String> source) {
      this.source = source;
    }

    @Override
    public String get() {
      if (value == null) {
        value = source.get();
      }
      return value;
    }
  }
}
