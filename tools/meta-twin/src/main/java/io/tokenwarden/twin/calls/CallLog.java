package io.tokenwarden.twin.calls;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.ShutdownEvent;
import io.tokenwarden.twin.TwinConfig;
import io.tokenwarden.twin.world.PrivateFiles;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// The latest calls, oldest first, under sequence numbers that go on after a restart. Each call is
/// handed to the operating system before it is answered, so it outlives the process, however that
/// ends.
@Singleton
public final class CallLog {

  private static final int KEPT = 50_000;

  /// Longer than any id or edge, shorter than any token: should a caller put a token into the path,
  /// it is cut off.
  private static final int LONGEST_SEGMENT = 64;

  private final ObjectMapper json;
  private final Clock clock;
  private final Deque<Call> calls = new ArrayDeque<>();
  private final BufferedWriter file;
  private long last;

  @Inject
  CallLog(TwinConfig config, ObjectMapper json, Clock clock) {
    this.json = json;
    this.clock = clock;
    var path = PrivateFiles.file(PrivateFiles.folder(config.data()).resolve("calls.jsonl"));
    read(path);
    this.file = rewritten(path);
  }

  public synchronized void add(
      String method,
      String path,
      String token,
      String inputToken,
      String grantType,
      int status,
      Integer code,
      Integer subcode) {
    last++;
    var call =
        new Call(
            last,
            clock.instant(),
            method,
            cut(path),
            token,
            inputToken,
            cut(grantType),
            status,
            code,
            subcode);
    keep(call);
    write(file, call);
  }

  /// At most `limit` calls after the sequence number `after`, oldest first.
  ///
  /// @param label only calls made with this token or about it; null for all
  public synchronized List<Call> after(long after, String label, int limit) {
    return calls.stream()
        .filter(call -> call.seq() > after)
        .filter(call -> label == null || call.concerns(label))
        .limit(limit)
        .toList();
  }

  /// The newest calls, newest first.
  public synchronized List<Call> newest(int count) {
    var newest = new ArrayList<Call>(count);
    var newestFirst = calls.descendingIterator();
    while (newestFirst.hasNext() && newest.size() < count) {
      newest.add(newestFirst.next());
    }
    return newest;
  }

  /// The sequence number of the newest call; 0 before the first.
  public synchronized long last() {
    return last;
  }

  synchronized void close(@Observes ShutdownEvent event) throws IOException {
    file.close();
  }

  private static String cut(String path) {
    if (path == null) {
      return null;
    }
    var segments = path.split("/", -1);
    for (var i = 0; i < segments.length; i++) {
      if (segments[i].length() > LONGEST_SEGMENT) {
        segments[i] = "…";
      }
    }
    return String.join("/", segments);
  }

  private void keep(Call call) {
    calls.addLast(call);
    if (calls.size() > KEPT) {
      calls.removeFirst();
    }
  }

  private void read(Path path) {
    try (var lines = Files.lines(path)) {
      lines.forEach(this::readLine);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the call log in " + path, e);
    }
  }

  /// A line that cannot be read was cut short by a kill; the next one stands by itself.
  private void readLine(String line) {
    try {
      var call = json.readValue(line, Call.class);
      keep(call);
      last = call.seq();
    } catch (JsonProcessingException _) {
      // Nothing to keep.
    }
  }

  /// The file with what is kept and nothing else, open for more.
  private BufferedWriter rewritten(Path path) {
    try {
      var writer = Files.newBufferedWriter(path, StandardOpenOption.TRUNCATE_EXISTING);
      calls.forEach(call -> write(writer, call));
      return writer;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the call log to " + path, e);
    }
  }

  private void write(BufferedWriter writer, Call call) {
    try {
      writer.write(json.writeValueAsString(call));
      writer.newLine();
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to the call log", e);
    }
  }
}
