package io.tokenwarden.gateway.request;

import io.tokenwarden.gateway.request.GraphRequest.Parameter;
import io.tokenwarden.gateway.request.Reading.Accepted;
import io.tokenwarden.gateway.request.Reading.CrashReport;
import io.tokenwarden.gateway.request.Reading.Forbidden;
import io.tokenwarden.gateway.request.Reading.Inspection;
import io.tokenwarden.gateway.request.Reading.Malformed;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads the request line: canonical first, policy second.
///
/// *Canonical*: what could mean one thing to us and another to Meta is refused rather than
/// repaired: absolute targets, `..`, `//`, encoded slashes, control parameters said twice or
/// spelled so that only a lenient reader takes them for one. *Policy*: only reads, and nothing that
/// mints or inspects credentials; what SDKs ask about their own is told apart, to be answered here.
public final class RequestReader {

  private static final int LONGEST_TARGET = 16 * 1024;
  private static final Pattern VERSION = Pattern.compile("v\\d{1,3}\\.\\d{1,3}");

  private static final Pattern DIGITS = Pattern.compile("\\d{1,20}");

  /// They steer the call rather than say what is wanted, so each may be said once.
  private static final Set<String> CONTROL =
      Set.of(
          "access_token",
          "input_token",
          "appsecret_proof",
          "appsecret_time",
          "method",
          "batch",
          "ids");

  /// Not forwarded: credentials are ours to give, and the verb is decided here.
  private static final Set<String> OURS =
      Set.of("access_token", "appsecret_proof", "appsecret_time", "method");

  private static final Set<String> CREDENTIAL_PATHS =
      Set.of(
          "access_tokens",
          "system_user_access_tokens",
          "debug_token",
          "test-users",
          "test_users",
          "instruments");

  private static final Pattern ASKS_FOR_A_TOKEN =
      Pattern.compile("(?<![A-Za-z0-9_])access_token(?![A-Za-z0-9_])", Pattern.CASE_INSENSITIVE);

  private static final String CREDENTIALS =
      "Nothing that mints or inspects credentials passes here";

  private final String defaultVersion;

  /// A reader for one installation.
  ///
  /// @param defaultVersion for requests that name none, so that none depends on what Meta holds for
  ///   current
  public RequestReader(String defaultVersion) {
    this.defaultVersion = defaultVersion;
  }

  /// Reads a request line; refuses rather than repairs.
  ///
  /// @param target the request target exactly as it was sent
  public Reading read(String verb, String target) {
    try {
      return judged(verb, target);
    } catch (MalformedException e) {
      return new Malformed(e.getMessage());
    }
  }

  private Reading judged(String verb, String target) {
    if (!target.startsWith("/") || target.length() > LONGEST_TARGET || target.indexOf('#') >= 0) {
      throw new MalformedException("The request target must be a path of ordinary length");
    }
    int mark = target.indexOf('?');
    List<String> segments = segments(mark < 0 ? target : target.substring(0, mark));
    List<Parameter> said = parameters(mark < 0 ? "" : target.substring(mark + 1));
    mustSayControlOnce(said);

    boolean versioned = !segments.isEmpty() && VERSION.matcher(segments.getFirst()).matches();
    List<String> below = versioned ? segments.subList(1, segments.size()) : segments;
    Optional<PresentedHandle> presented = presented(said);
    if (isCrashReport(below)) {
      return new CrashReport(presented);
    }
    if (!"GET".equals(effectiveVerb(verb, said))) {
      return new Forbidden("This credential may only read", presented);
    }
    if (below.equals(List.of("debug_token"))) {
      return inspection(said, presented);
    }
    if (touchesCredentials(below, said)) {
      return new Forbidden(CREDENTIALS, presented);
    }
    if (said.stream()
        .anyMatch(parameter -> Set.of("batch", "callback").contains(parameter.name()))) {
      return new Forbidden("Neither batches nor callbacks are reads of one object", presented);
    }
    List<Parameter> forwarded =
        said.stream().filter(parameter -> !OURS.contains(parameter.name())).toList();
    return new Accepted(
        new GraphRequest(versioned ? segments.getFirst() : defaultVersion, below, forwarded),
        presented);
  }

  /// What is no handle is no credential here: it is dropped like one of Meta's.
  private static Optional<PresentedHandle> presented(List<Parameter> said) {
    return said.stream()
        .filter(parameter -> parameter.name().equals("access_token"))
        .findFirst()
        .flatMap(parameter -> PresentedHandle.parse(parameter.value()));
  }

  private static boolean isCrashReport(List<String> path) {
    return path.size() == 2
        && DIGITS.matcher(path.getFirst()).matches()
        && path.getLast().equals("instruments");
  }

  /// What is no handle is not ours to speak of.
  private static Reading inspection(List<Parameter> said, Optional<PresentedHandle> presented) {
    Optional<String> input =
        said.stream()
            .filter(parameter -> parameter.plainName().equals("input_token"))
            .map(Parameter::value)
            .findFirst();
    Optional<PresentedHandle> inspected = input.flatMap(PresentedHandle::parse);
    return input.isPresent() && inspected.isEmpty()
        ? new Forbidden(CREDENTIALS, presented)
        : new Inspection(inspected, presented);
  }

  private static String effectiveVerb(String verb, List<Parameter> said) {
    return said.stream()
        .filter(parameter -> parameter.name().equals("method"))
        .map(parameter -> parameter.value().toUpperCase(Locale.ROOT))
        .findFirst()
        .orElse(verb);
  }

  private static boolean touchesCredentials(List<String> path, List<Parameter> said) {
    List<String> lower = path.stream().map(segment -> segment.toLowerCase(Locale.ROOT)).toList();
    return (!lower.isEmpty() && Set.of("oauth", "dialog").contains(lower.getFirst()))
        || lower.stream().anyMatch(CREDENTIAL_PATHS::contains)
        || said.stream()
            .filter(parameter -> !OURS.contains(parameter.name()))
            .anyMatch(parameter -> ASKS_FOR_A_TOKEN.matcher(parameter.value()).find());
  }

  // ---- the path

  private static List<String> segments(String path) {
    List<String> segments = new ArrayList<>(List.of(path.substring(1).split("/", -1)));
    if (segments.getLast().isEmpty()) {
      segments.removeLast();
    }
    return segments.stream().map(RequestReader::segment).toList();
  }

  private static String segment(String raw) {
    String segment = decoded(raw, false);
    boolean ordinary =
        !segment.isEmpty()
            && !segment.equals(".")
            && !segment.equals("..")
            && segment.chars().allMatch(c -> c > ' ' && c < 0x7f && "/\\%?#;".indexOf(c) < 0);
    if (!ordinary) {
      throw new MalformedException("The path holds an empty, relative or encoded segment");
    }
    return segment;
  }

  // ---- the query

  private static List<Parameter> parameters(String query) {
    List<Parameter> parameters = new ArrayList<>();
    for (String pair : query.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = decoded(equals < 0 ? pair : pair.substring(0, equals), true);
        String value = equals < 0 ? "" : decoded(pair.substring(equals + 1), true);
        parameters.add(new Parameter(name, value));
      }
    }
    return parameters;
  }

  private static void mustSayControlOnce(List<Parameter> said) {
    Set<String> seen = new HashSet<>();
    for (Parameter parameter : said) {
      String name = parameter.plainName();
      if (CONTROL.contains(name) && (!name.equals(parameter.name()) || !seen.add(name))) {
        throw new MalformedException("A control parameter is said twice or misspelled");
      }
    }
  }

  // ---- percent signs

  private static String decoded(String raw, boolean plusIsBlank) {
    if (raw.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '%' && c != '+')) {
      return raw;
    }
    ByteBuffer bytes = ByteBuffer.allocate(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c <= ' ' || c >= 0x7f) {
        throw new MalformedException("The request target holds characters that must be encoded");
      } else if (c == '%') {
        bytes.put(hex(raw, i + 1));
        i += 2;
      } else {
        bytes.put((byte) (c == '+' && plusIsBlank ? ' ' : c));
      }
    }
    return utf8(bytes.flip());
  }

  private static byte hex(String raw, int at) {
    int high = at + 1 < raw.length() ? Character.digit(raw.charAt(at), 16) : -1;
    int low = at + 1 < raw.length() ? Character.digit(raw.charAt(at + 1), 16) : -1;
    if (high < 0 || low < 0) {
      throw new MalformedException("The request target holds a percent sign that encodes nothing");
    }
    return (byte) (high << 4 | low);
  }

  private static String utf8(ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedException("The request target is not UTF-8");
    }
  }

  /// Ends the reading of this one request; never leaves the class.
  private static final class MalformedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MalformedException(String why) {
      super(why, null, false, false);
    }
  }
}
